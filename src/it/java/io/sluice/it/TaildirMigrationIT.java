package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.flume.source.avro.AvroFlumeEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TAILDIR's configuration from Flume's user guide, with its type changed after some lines. */
final class TaildirMigrationIT {
  private static final String TOPIC = "migrated";

  @TempDir Path folder;

  private AgentConfig userGuide() {
    return AgentConfig.of(
            "a1.sources = r1",
            "a1.channels = c1",
            "a1.sources.r1.type = TAILDIR",
            "a1.sources.r1.channels = c1",
            "a1.sources.r1.positionFile = /var/log/flume/taildir_position.json",
            "a1.sources.r1.filegroups = f1 f2",
            "a1.sources.r1.filegroups.f1 = /var/log/test1/example.log",
            "a1.sources.r1.headers.f1.headerKey1 = value1",
            "a1.sources.r1.filegroups.f2 = /var/log/test2/.*log.*",
            "a1.sources.r1.headers.f2.headerKey1 = value2",
            "a1.sources.r1.headers.f2.headerKey2 = value2-2",
            "a1.sources.r1.fileHeader = true",
            "a1.sources.r1.maxBatchCount = 1000",
            "a1.channels.c1.type = memory",
            "a1.channels.c1.capacity = 10000",
            "a1.channels.c1.transactionCapacity = 1000",
            "a1.sinks = k1",
            "a1.sinks.k1.type = org.apache.flume.sink.kafka.KafkaSink",
            "a1.sinks.k1.channel = c1",
            "a1.sinks.k1.kafka.bootstrap.servers = " + SharedBroker.bootstrapServers(),
            "a1.sinks.k1.kafka.topic = " + TOPIC,
            "a1.sinks.k1.useFlumeEventFormat = true")
        .relocate("/var/log", folder);
  }

  @Test
  void anotherTypeIsAllThatChanges() {
    var example = new LogFile(folder.resolve("test1/example.log")).appendReadings(0, 500);
    var first = new LogFile(folder.resolve("test2/first.log")).appendReadings(500, 1_200);
    var second = new LogFile(folder.resolve("test2/log.2")).appendReadings(1_200, 1_210);
    try (var topics = new Topics(SharedBroker.bootstrapServers());
        var taildir = new FlumeAgent(folder.resolve("taildir")).stock();
        var sluice = new FlumeAgent(folder.resolve("sluice"))) {
      topics.create(TOPIC);
      taildir.start(userGuide());
      topics.awaitCount(TOPIC, 1_210);
      awaitPositionsOf(example, first, second);
      assertThat(taildir.terminate()).isTrue();

      example.appendReadings(1_210, 1_500);
      first.appendReadings(1_500, 1_600);
      second.appendReadings(1_600, 1_605);
      sluice.start(userGuide().set("a1.sources.r1.type", "io.sluice.source.LogFileSource"));
      topics.awaitCount(TOPIC, 1_605);
      assertThat(sluice.terminate()).isTrue();

      List<AvroFlumeEvent> events =
          topics.records(TOPIC).stream().map(TaildirMigrationIT::event).toList();
      var tally = new Tally();
      List.of(example, first, second).forEach(log -> tally.written(log.lines()));
      events.forEach(event -> tally.arrived(event.getBody().array()));
      System.out.println("TaildirMigrationIT " + tally);
      assertThat(tally).hasToString("written=1605 arrived=1605 lost=0 duplicates=0");
      assertThat(headers(events.subList(1_210, 1_605)))
          .isEqualTo(headers(events.subList(0, 1_210)))
          .contains(
              Map.of("headerKey1", "value1", "file", example.path().toString()),
              Map.of(
                  "headerKey1", "value2",
                  "headerKey2", "value2-2",
                  "file", first.path().toString()))
          .hasSize(3);
    }
  }

  /** TAILDIR writes them every three seconds, and not always when it stops. */
  private void awaitPositionsOf(LogFile... logs) {
    Path positions = folder.resolve("flume/taildir_position.json");
    for (LogFile log : logs) {
      await("TAILDIR writes its position in " + log.path())
          .until(
              () -> {
                String end = "\"pos\":" + Files.size(log.path()) + ",";
                return Files.exists(positions) && Files.readString(positions).contains(end);
              });
    }
  }

  /** The headers of the events, each set of them once. */
  private static Set<Map<String, String>> headers(List<AvroFlumeEvent> events) {
    var all = new HashSet<Map<String, String>>();
    for (AvroFlumeEvent event : events) {
      var headers = new HashMap<String, String>();
      event.getHeaders().forEach((key, value) -> headers.put(key.toString(), value.toString()));
      all.add(headers);
    }
    return all;
  }

  private static AvroFlumeEvent event(ConsumerRecord<byte[], byte[]> message) {
    try {
      return new SpecificDatumReader<>(AvroFlumeEvent.class)
          .read(null, DecoderFactory.get().binaryDecoder(message.value(), null));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
