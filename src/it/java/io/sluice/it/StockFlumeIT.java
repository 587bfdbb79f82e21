package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The ground under all other tests: broker and agent work by themselves, without Sluice. */
final class StockFlumeIT {
  @TempDir Path folder;

  @Test
  void stockFlumeShipsAFileToTheBroker() {
    var log = new LogFile(folder.resolve("app.log")).appendReadings(0, 1_000);
    try (var topics = new Topics(SharedBroker.bootstrapServers());
        var agent = new FlumeAgent(folder).stock()) {
      topics.create("stock");
      agent.start(
          AgentConfig.of(
              "a1.sources = tail",
              "a1.channels = memory",
              "a1.sinks = kafka",
              "a1.sources.tail.type = TAILDIR",
              "a1.sources.tail.channels = memory",
              "a1.sources.tail.filegroups = g",
              "a1.sources.tail.filegroups.g = " + folder + "/app.*log",
              "a1.sources.tail.positionFile = " + folder + "/positions.json",
              "a1.channels.memory.type = memory",
              "a1.channels.memory.capacity = 10000",
              "a1.channels.memory.transactionCapacity = 1000",
              "a1.sinks.kafka.type = org.apache.flume.sink.kafka.KafkaSink",
              "a1.sinks.kafka.channel = memory",
              "a1.sinks.kafka.kafka.bootstrap.servers = " + SharedBroker.bootstrapServers(),
              "a1.sinks.kafka.kafka.topic = stock"));
      topics.awaitCount("stock", 1_000, Duration.ofSeconds(30));

      assertThat(topics.values("stock")).containsExactlyElementsOf(log.lines());
      assertThat(agent.terminate()).isTrue();
    }
  }
}
