package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import io.sluice.delivery.PositionJson;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A positions topic that has seen a hundred thousand files come and go. */
final class ManyPositionsIT {
  private static final String TOPIC = "many-positions";
  private static final int STORED = 100_000;

  /** What a source remembers of files that are gone. */
  private static final int REMEMBERED = 10_000;

  @TempDir Path folder;
  private Pipeline pipeline;

  @AfterEach
  void close() {
    pipeline.close();
  }

  @Test
  void filesLongGoneAreForgotten() {
    pipeline =
        new Pipeline("log-to-kafka.conf", folder, SharedBroker.bootstrapServers())
            .prefixTopics("many-")
            .createTopics();
    pipeline.config().set("a1.sinks.kafka.positionsTopic", TOPIC);
    pipeline
        .topics()
        .create(TOPIC, 1, Map.of("cleanup.policy", "compact", "segment.bytes", "8388608"));
    store();
    pipeline.log().appendReadings(0, 1_000);

    pipeline.start();
    pipeline.agent().awaitLog(STORED + " positions read");
    pipeline.awaitAll();
    await("the oldest positions are gone").until(() -> positions().size() <= REMEMBERED + 1);

    assertThat(positions()).doesNotContainKey(key(0)).containsKey(key(STORED - 1));
    assertThat(pipeline.agent().terminate()).isTrue();
    pipeline.log().appendReadings(1_000, 2_000);
    pipeline.start().awaitAll();
    assertThat(pipeline.rawTally()).hasToString("written=2000 arrived=2000 lost=0 duplicates=0");
    pipeline.agent().logFile().stream()
        .filter(line -> line.contains("positions read") || line.contains("started"))
        .forEach(System.out::println);
  }

  private void store() {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", SharedBroker.bootstrapServers(), "linger.ms", 20);
    var serializer = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(properties, serializer, serializer)) {
      for (int i = 0; i < STORED; i++) {
        var file =
            new FileIdentity("/var/log/gone/app-" + i + ".log", 99, i + 1, 1024, i * 31L + 7);
        byte[] position = PositionJson.write(new Position("tail", file, 5_000 + i, i * 17L));
        producer.send(new ProducerRecord<>(TOPIC, 0, key(i).getBytes(UTF_8), position));
      }
    }
  }

  private static String key(int file) {
    return "many-1/tail/99:" + (file + 1);
  }

  /** By key; deleted ones are left out. */
  private Map<String, byte[]> positions() {
    Map<String, byte[]> latest = new HashMap<>();
    pipeline
        .topics()
        .records(TOPIC)
        .forEach(record -> latest.put(new String(record.key(), UTF_8), record.value()));
    latest.values().removeIf(value -> value == null);
    latest.remove("many-1");
    return latest;
  }
}
