package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same lines and the same rules file through the interceptor in an agent and through the
 * Streams application, which reads the agent's own raw topic: the same records in the same order.
 */
final class VerdictParityIT {
  private static final int LINES = Boolean.getBoolean("sluice.soak") ? 100_000 : 20_000;
  private static final long SEED = Long.getLong("sluice.seed", System.nanoTime());
  private static final List<String> RULES =
      List.of(
          "rules = json key csv text whole",
          "rules.json.field = json:/v",
          "rules.json.range = (,9] [10,20]",
          "rules.json.onMissing = valid",
          "rules.json.onUnparsable = valid",
          "rules.key.field = key:value",
          "rules.key.range = [10,20] (25,)",
          "rules.key.onMissing = valid",
          "rules.csv.field = csv:2",
          "rules.csv.range = [10,20]",
          "rules.csv.onMissing = valid",
          "rules.csv.onNotANumber = valid",
          "rules.text.field = regex:t: ([-0-9.e]+)",
          "rules.text.range = [12,20]",
          "rules.text.integerOnly = true",
          "rules.text.onMissing = valid",
          "rules.whole.field = body",
          "rules.whole.range = (,1e30]",
          "rules.whole.onNotANumber = valid");

  @TempDir Path folder;

  @Test
  void agentAndStreamsGiveTheSameRecords() throws Exception {
    System.out.printf("VerdictParityIT: %d lines, seed %d%n", LINES, SEED);
    Path rules = Files.write(folder.resolve("rules.properties"), RULES);
    try (var pipeline =
            new Pipeline("at-least-once.conf", folder, SharedBroker.bootstrapServers())
                .prefixTopics("parity-")
                .createTopics();
        var sluice = new CommandLineTool(folder.resolve("cli"))) {
      String range = "a1.sources.tail.interceptors.range.";
      pipeline.config().without(range + "field").without(range + "range");
      pipeline.config().set(range + "rulesFile", rules);
      List<byte[]> lines = HostileLines.create(LINES, SEED);
      var file = new ByteArrayOutputStream();
      for (byte[] line : lines) {
        file.writeBytes(line);
        file.write('\n');
      }
      pipeline.log().append(file.toByteArray(), lines);
      pipeline.topics().create("parity-streams-valid", "parity-streams-invalid");

      sluice.streams(
          new TreeMap<>(
              Map.of(
                  "kafka.bootstrap.servers",
                  SharedBroker.bootstrapServers(),
                  "applicationId",
                  "parity",
                  "topics.raw",
                  pipeline.raw(),
                  "topics.valid",
                  "parity-streams-valid",
                  "topics.invalid",
                  "parity-streams-invalid",
                  "rulesFile",
                  rules.toString())));
      pipeline.start().awaitAll();
      Topics topics = pipeline.topics();
      try (TopicReader valid = topics.reader("parity-streams-valid");
          TopicReader invalid = topics.reader("parity-streams-invalid")) {
        await("all lines are judged by Streams")
            .until(() -> valid.readToEnd(next -> {}) + invalid.readToEnd(next -> {}) >= LINES);
      }

      List<String> valid = texts(topics.records(pipeline.valid()));
      List<String> invalid = texts(topics.records(pipeline.invalid()));
      System.out.printf("VerdictParityIT: valid %d, invalid %d%n", valid.size(), invalid.size());
      assertThat(valid.size() + invalid.size()).isEqualTo(LINES);
      assertThat(valid).isEqualTo(texts(topics.records("parity-streams-valid")));
      assertThat(invalid).isEqualTo(texts(topics.records("parity-streams-invalid")));
      assertThat(valid).hasSizeGreaterThan(LINES / 10);
      assertThat(invalid).hasSizeGreaterThan(LINES / 10);
    }
  }

  /** Value and headers, in their order; a character is a byte. */
  private static List<String> texts(List<ConsumerRecord<byte[], byte[]>> records) {
    return records.stream().map(VerdictParityIT::text).toList();
  }

  private static String text(ConsumerRecord<byte[], byte[]> item) {
    var text = new StringBuilder(new String(item.value(), StandardCharsets.ISO_8859_1));
    item.headers()
        .forEach(
            header ->
                text.append('\n')
                    .append(header.key())
                    .append('=')
                    .append(new String(header.value(), StandardCharsets.ISO_8859_1)));
    return text.toString();
  }
}
