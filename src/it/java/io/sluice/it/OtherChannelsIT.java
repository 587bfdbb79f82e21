package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Source and sink in other company than one memory channel between them. */
final class OtherChannelsIT {

  @TempDir Path folder;

  private Pipeline pipeline(String sample, String prefix) {
    return new Pipeline(sample, folder, SharedBroker.bootstrapServers())
        .prefixTopics(prefix)
        .createTopics();
  }

  @Test
  void aFileChannelKeepsItsLinesOverAKill() {
    try (var pipeline = pipeline("durable.conf", "killed-")) {
      pipeline.log().appendReadings(0, 30_000);
      pipeline.start();
      pipeline.topics().awaitCount(pipeline.raw(), 1);

      pipeline.agent().kill();
      pipeline.log().appendReadings(30_000, 40_000);
      pipeline.start().awaitAll();

      await("all lines are there, some of them twice")
          .until(() -> pipeline.rawTally().lost() + pipeline.judgedTally().lost() == 0);
    }
  }

  @Test
  void aKafkaChannelKeepsItsLinesTheirHeadersAndVerdictsOverAKill() {
    try (var pipeline = pipeline("durable.conf", "queue-")) {
      putKafkaChannel(pipeline);
      pipeline.config().set("a1.sources.tail.fileHeader", true);
      pipeline.config().set("a1.sinks.kafka.kafka.headers", "file");
      pipeline.log().appendReadings(0, 30_000);
      pipeline.start();
      pipeline.topics().awaitCount(pipeline.raw(), 1);

      pipeline.agent().kill();
      pipeline.log().appendReadings(30_000, 40_000);
      pipeline.start().awaitAll();

      await("all lines are there, some of them twice")
          .until(() -> pipeline.rawTally().lost() + pipeline.judgedTally().lost() == 0);
      System.out.println("KafkaChannel: raw " + pipeline.rawTally());
      System.out.println("KafkaChannel: valid and invalid " + pipeline.judgedTally());
      Topics topics = pipeline.topics();
      assertThat(topics.records(pipeline.raw()))
          .allSatisfy(line -> assertThat(header(line, "file")).endsWith("/app.log"));
      assertThat(topics.values(pipeline.valid()))
          .allSatisfy(line -> assertThat(isValid(line)).isTrue());
      assertThat(topics.records(pipeline.invalid()))
          .allSatisfy(
              line -> {
                assertThat(isValid(line.value())).isFalse();
                assertThat(header(line, "validation.reason")).isIn("BELOW", "ABOVE");
              });
    }
  }

  /** Flume's own channel, with the Kafka client 2.7.2 of Flume's lib. */
  private static void putKafkaChannel(Pipeline pipeline) {
    pipeline.topics().create("queue");
    AgentConfig config = pipeline.config();
    config.withoutAll("a1.channels.file");
    config.set("a1.channels", "queue");
    config.set("a1.sources.tail.channels", "queue");
    config.set("a1.sinks.kafka.channel", "queue");
    config.set("a1.channels.queue.type", "org.apache.flume.channel.kafka.KafkaChannel");
    config.set("a1.channels.queue.kafka.bootstrap.servers", SharedBroker.bootstrapServers());
    config.set("a1.channels.queue.kafka.topic", "queue");
    config.set("a1.channels.queue.kafka.consumer.session.timeout.ms", 6_000);
  }

  private static String header(ConsumerRecord<byte[], byte[]> line, String name) {
    return new String(line.headers().lastHeader(name).value(), StandardCharsets.UTF_8);
  }

  private static boolean isValid(byte[] line) {
    String text = new String(line, StandardCharsets.UTF_8);
    return ReadingCount.isValid(Integer.parseInt(text.substring(text.indexOf('=') + 1)));
  }

  @Test
  void exactlyOnceOverAFileChannelIsRefusedWithTheReason() {
    try (var pipeline = pipeline("durable.conf", "refused-")) {
      pipeline.config().set("a1.sinks.kafka.guarantee", "exactly-once");
      pipeline.config().set("a1.sinks.kafka.deliveryId", "refused-1");

      pipeline.start().agent().awaitLog("its channel is not a memory channel");

      assertThat(pipeline.agent().log()).contains("Nothing will be shipped");
    }
  }

  @Test
  void twoSinksInALoadBalancingGroupShareTheChannel() {
    try (var pipeline = pipeline("at-least-once.conf", "group-")) {
      addSecondSink(pipeline.config());
      pipeline.config().set("a1.sinkgroups", "g");
      pipeline.config().set("a1.sinkgroups.g.sinks", "kafka second");
      pipeline.config().set("a1.sinkgroups.g.processor.type", "load_balance");
      shipWithARestart(pipeline);
    }
  }

  @Test
  void twoSinksOnOneChannelLoseNothing() {
    try (var pipeline = pipeline("at-least-once.conf", "two-")) {
      addSecondSink(pipeline.config());
      shipWithARestart(pipeline);
    }
  }

  @Test
  void withAnotherSinkTheSourceSaysWhatCanBeLost() {
    try (var pipeline = pipeline("at-least-once.conf", "other-")) {
      AgentConfig config = pipeline.config();
      config.set("a1.sinks.kafka.type", "org.apache.flume.sink.kafka.KafkaSink");
      config.set("a1.sinks.kafka.kafka.topic", pipeline.raw());
      config.set("a1.sinks.kafka.flumeBatchSize", 1_000); // it is bound by the transaction
      pipeline.log().appendReadings(0, 1_000);

      pipeline.start();
      pipeline.topics().awaitCount(pipeline.raw(), 1_000);

      assertThat(pipeline.agent().log())
          .containsPattern(" WARN .*source 'tail'.*loses what a memory channel holds");
    }
  }

  private static void addSecondSink(AgentConfig config) {
    config.set("a1.sinks", "kafka second");
    for (String key : config.keysUnder("a1.sinks.kafka.")) {
      config.set("a1.sinks.second." + key, config.get("a1.sinks.kafka." + key));
    }
  }

  private static void shipWithARestart(Pipeline pipeline) {
    pipeline.log().appendReadings(0, 40_000);
    pipeline.start();
    pipeline.topics().awaitCount(pipeline.raw(), 1);
    assertThat(pipeline.agent().terminate()).isTrue();
    pipeline.log().appendReadings(40_000, 50_000);
    pipeline.start().awaitAll();

    assertThat(pipeline.rawTally()).hasToString("written=50000 arrived=50000 lost=0 duplicates=0");
    assertThat(pipeline.judgedTally().lost()).isZero();
  }
}
