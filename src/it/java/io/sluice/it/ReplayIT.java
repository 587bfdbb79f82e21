package io.sluice.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/sluice replay} of the packaged archive. */
final class ReplayIT {
  @TempDir Path folder;
  private CommandLineTool sluice;
  private Topics topics;
  private String invalid;
  private String raw;

  @BeforeEach
  void createTopics(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    sluice = new CommandLineTool(folder);
    topics = new Topics(SharedBroker.bootstrapServers());
    invalid = name + "-invalid";
    raw = name + "-raw";
    topics.create(invalid, 2, Map.of());
    topics.create(raw, 2, Map.of());
  }

  @AfterEach
  void close() {
    sluice.close();
    topics.close();
  }

  /** Readings that one rule found too low, and every tenth a description of what Kafka refused. */
  private void fillInvalid(int count) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", SharedBroker.bootstrapServers(), "linger.ms", 5);
    var serializer = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(properties, serializer, serializer)) {
      for (int i = 0; i < count; i++) {
        var headers = new RecordHeaders();
        headers.add("trace", "t".getBytes(UTF_8));
        headers.add("validation", "invalid".getBytes(UTF_8));
        headers.add("validation.rule", "range".getBytes(UTF_8));
        headers.add(
            "validation.reason",
            (isDeadLetter(i) ? "UNDELIVERABLE" : i % 2 == 0 ? "BELOW" : "ABOVE").getBytes(UTF_8));
        byte[] line = ("reading " + i + " value=" + i % 30).getBytes(UTF_8);
        producer.send(new ProducerRecord<>(invalid, i % 2, null, null, line, headers));
      }
    }
  }

  private static boolean isDeadLetter(int number) {
    return number % 10 == 9;
  }

  private String[] replay(String... more) {
    String[] arguments = {
      "replay",
      "--bootstrap-server",
      SharedBroker.bootstrapServers(),
      "--from",
      invalid,
      "--to",
      raw
    };
    String[] all = Arrays.copyOf(arguments, arguments.length + more.length);
    System.arraycopy(more, 0, all, arguments.length, more.length);
    return all;
  }

  @Test
  void writesEachRecordOnceThoughKilledInTheMiddle() {
    int count = 300_000;
    fillInvalid(count);

    JavaProcess first = sluice.start(replay());
    topics.awaitCount(raw, 1);
    first.kill();
    assertThat(first.exitCode()).isEqualTo(137);
    JavaProcess second = sluice.run(replay());

    assertThat(second.exitCode()).as(second.output()).isZero();
    assertThat(new ReadingCount(count).topic(topics, raw, number -> !isDeadLetter(number)))
        .hasToString("lost=0 duplicates=0");
    assertThat(topics.records(raw))
        .allSatisfy(
            item -> {
              assertThat(item.headers().toArray()).hasSize(2);
              assertThat(header(item, "trace")).isEqualTo("t");
              assertThat(header(item, "sluice.replay.attempts")).isEqualTo("1");
            });
    assertThat(sluice.run(replay()).output()).contains("read=0 replayed=0 ");
  }

  @Test
  void goesOnWhereItWasAfterItsGroupHasExpired() {
    fillInvalid(1_000);
    JavaProcess first = sluice.run(replay("--delivery-id", invalid));
    assertThat(first.output()).contains("read=1000 replayed=900 ");

    topics.rewindGroup("sluice-replay-" + invalid, invalid, 2);
    JavaProcess dryRun = sluice.run(replay("--delivery-id", invalid, "--dry-run"));
    JavaProcess second = sluice.run(replay("--delivery-id", invalid));

    assertThat(dryRun.output()).contains("read=0 matching=0 ");
    assertThat(second.output()).contains("read=0 replayed=0 ");
    assertThat(topics.values(raw)).hasSize(900);
  }

  @Test
  void startsOverWithATopicThatWasMadeAnew() {
    fillInvalid(1_000);
    sluice.run(replay("--delivery-id", invalid));

    topics.rewindGroup("sluice-replay-" + invalid, invalid, 2);
    topics.delete(Set.of(invalid));
    topics.create(invalid, 2, Map.of());
    fillInvalid(100);

    assertThat(sluice.run(replay("--delivery-id", invalid)).output())
        .contains("read=100 replayed=90 ");
  }

  @Test
  void refusesToKeepItsProgressWhereItExpires() {
    fillInvalid(10);
    topics.create(invalid + "-progress", 1, Map.of("cleanup.policy", "delete"));

    JavaProcess run = sluice.run(replay("--progress-topic", invalid + "-progress"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.output()).contains("cleanup.policy", "compact");
    assertThat(topics.values(raw)).isEmpty();
  }

  @Test
  void aDryRunCountsByTheNewRulesAndWritesNothing() throws IOException {
    fillInvalid(3_000);
    Path rules = Files.writeString(folder.resolve("rules"), "field = key:value\nrange = [0,14]\n");

    JavaProcess run =
        sluice.run(replay("--dry-run", "--reason", "BELOW", "--rules", rules.toString()));

    assertThat(run.exitCode()).isZero();
    assertThat(run.output())
        .contains(
            "read=3000 matching=1500 passed-over=1200 undeliverable=300"
                + " now.invalid.range.ABOVE=700 now.valid=800");
    assertThat(topics.values(raw)).isEmpty();
  }

  private static String header(ConsumerRecord<byte[], byte[]> item, String name) {
    return new String(item.headers().lastHeader(name).value(), UTF_8);
  }
}
