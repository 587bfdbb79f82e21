package io.sluice.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A newcomer's mistakes, one at a time in a configuration that is right otherwise. */
final class ThirtyMistakesTest {
  private static final List<String> RIGHT =
      List.of(
          "a1.sources = tail",
          "a1.channels = memory",
          "a1.sinks = kafka",
          "a1.sources.tail.type = io.sluice.source.LogFileSource",
          "a1.sources.tail.channels = memory",
          "a1.sources.tail.paths = /FOLDER/app.log",
          "a1.sources.tail.interceptors = range",
          "a1.sources.tail.interceptors.range.type ="
              + " io.sluice.interceptor.RangeInterceptor$Builder",
          "a1.sources.tail.interceptors.range.field = key:value",
          "a1.sources.tail.interceptors.range.range = [10,20]",
          "a1.channels.memory.type = memory",
          "a1.channels.memory.capacity = 10000",
          "a1.channels.memory.transactionCapacity = 1000",
          "a1.sinks.kafka.type = io.sluice.sink.RoutingKafkaSink",
          "a1.sinks.kafka.channel = memory",
          "a1.sinks.kafka.kafka.bootstrap.servers = localhost:9092",
          "a1.sinks.kafka.topics.raw = raw-messages",
          "a1.sinks.kafka.topics.valid = valid-messages",
          "a1.sinks.kafka.topics.invalid = invalid-messages");

  private static final String SOURCE = "a1.sources.tail.";
  private static final String FIELD = SOURCE + "interceptors.range.field = ";
  private static final String SINK = "a1.sinks.kafka.";
  private static final String PRODUCER = SINK + "kafka.producer.";
  private static final String EXACTLY = SINK + "guarantee = exactly-once";
  private static final String ID = SINK + "deliveryId = edge-1";

  @TempDir Path folder;

  /** What is said of the mistake, and the lines that make it: in place of theirs, or new. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        mistake(
            "compression.type = \"lz5\" is refused by the Kafka client: String must be one of:"
                + " none, gzip, snappy, lz4, zstd",
            PRODUCER + "compression.type = lz5"),
        mistake(
            "acks = \"two\" is refused by the Kafka client: String must be one of: all, -1, 0, 1",
            PRODUCER + "acks = two"),
        mistake(
            "batch.size = \"16k\" is refused by the Kafka client: Not a number of type INT",
            PRODUCER + "batch.size = 16k"),
        mistake(
            "partitioner.class = \"com.example.Missing\" is refused by the Kafka client: Class"
                + " com.example.Missing could not be found",
            PRODUCER + "partitioner.class = com.example.Missing"),
        mistake(
            "delivery.timeout.ms = \"1000\" is less than linger.ms (0) and request.timeout.ms"
                + " (5000) together",
            PRODUCER + "delivery.timeout.ms = 1000"),
        mistake(
            "buffer.memory = \"1024\" has room for no batch", PRODUCER + "buffer.memory = 1024"),
        mistake(
            "compresion.type is not a setting of the Kafka producer; the nearest is"
                + " kafka.producer.compression.type",
            PRODUCER + "compresion.type = gzip"),
        mistake(
            "sasl.jaas.config cannot be read: JAAS config entry not terminated by semi-colon",
            PRODUCER + "security.protocol = SASL_PLAINTEXT",
            PRODUCER + "sasl.mechanism = PLAIN",
            PRODUCER
                + "sasl.jaas.config = org.apache.kafka.common.security.plain.PlainLoginModule"
                + " required username=\"u\" password=\"p\""),
        mistake(
            "transaction.timeout.ms = \"3600000\" is more than brokers take (900000)",
            EXACTLY,
            ID,
            PRODUCER + "transaction.timeout.ms = 3600000"),
        mistake("retries = \"0\" breaks exactly-once", EXACTLY, ID, PRODUCER + "retries = 0"),
        mistake("deliveryId is missing", EXACTLY),
        mistake(
            "guarantee = \"exactly_once\" is not one of at-least-once, exactly-once",
            SINK + "guarantee = exactly_once"),
        mistake("\"kafka1\" is not host:port", SINK + "kafka.bootstrap.servers = kafka1"),
        mistake(
            "bootstrap.servers is not a known key; the nearest is kafka.bootstrap.servers",
            SINK + "bootstrap.servers = localhost:9092"),
        mistake(
            "topics.raw = \"raw messages\" is not a topic name",
            SINK + "topics.raw = raw messages"),
        mistake(
            "topics.raw = \"invalid-messages\" is the topic of topics.invalid too",
            SINK + "topics.raw = invalid-messages"),
        mistake(
            "topic.raw is not a known key; the nearest is topics.raw", SINK + "topic.raw = raw"),
        mistake(
            "the backslash before d is lost, and the value is \"regex:value=(d+)\"",
            FIELD + "regex:value=(\\d+)"),
        mistake("that is JSONPath; write a JSON pointer, json:/a/b", FIELD + "json:$.a.b"),
        mistake("columns are counted from 1 to 999999", FIELD + "csv:99999999999"),
        mistake(
            "the end 10 is less than the start 20", SOURCE + "interceptors.range.range = [20,10]"),
        mistake("interceptors does not name 'rang'", SOURCE + "interceptors.rang.type = host"),
        mistake(
            "blanks separate paths; write ? for a blank in one",
            SOURCE + "paths = /FOLDER/my app.log"),
        mistake("it is not an absolute path", SOURCE + "paths = logs/app.log"),
        mistake(
            "batchSize = \"ten\" is not a whole number from 1 to 100000 (events)",
            SOURCE + "batchSize = ten"),
        mistake(
            "postionFile is not a known key; the nearest is positionFile",
            SOURCE + "postionFile = /tmp/p.json"),
        mistake("fileHeader = \"yes\" is not true or false", SOURCE + "fileHeader = yes"),
        mistake("channel is not a known key", SOURCE + "channel = memory"),
        mistake("there is no channel 'memry'; the nearest is memory", SINK + "channel = memry"),
        mistake(
            "the nearest is io.sluice.sink.RoutingKafkaSink",
            SINK + "type = io.sluice.sink.RoutingKafaSink"),
        mistake(
            "transactionCapacity (20000) is more than capacity (10000)",
            "a1.channels.memory.transactionCapacity = 20000"),
        mistake("names are separated by blanks, not by commas", "a1.sinks = kafka, other"),
        mistake("it begins with a byte order mark", "\u00ef\u00bb\u00bfa1.sources = tail"));
  }

  private static Arguments mistake(String said, String... lines) {
    return Arguments.of(said, List.of(lines));
  }

  private List<String> check(List<String> mistake) throws IOException {
    Files.writeString(folder.resolve("app.log"), "value=12\n");
    var lines = new ArrayList<>(RIGHT);
    for (String line : mistake) {
      String key = line.split(" = ", 2)[0];
      lines.removeIf(right -> key.endsWith(right.split(" = ", 2)[0]));
      if (key.startsWith("a1.")) {
        lines.add(line);
      } else {
        lines.add(0, line);
      }
    }
    Path file = folder.resolve("agent.conf");
    String text = String.join("\n", lines).replace("/FOLDER", folder.toString());
    Files.writeString(file, text, StandardCharsets.ISO_8859_1);
    Report report =
        AgentCheck.run(new Request(file, Optional.empty(), Optional.empty(), 500, false));
    return report.lines().stream().map(line -> line.replace(file + ":", "")).toList();
  }

  @Test
  void theConfigurationIsRightOtherwise() throws IOException {
    assertThat(check(List.of())).containsExactly(" no errors, no warnings");
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void noneMayPass(String said, List<String> mistake) throws IOException {
    List<String> report = check(mistake);

    System.out.println(mistake + "\n    " + report.get(0));
    assertThat(report).anyMatch(line -> line.contains(said));
    assertThat(report.get(report.size() - 1)).isNotEqualTo(" no errors, no warnings");
  }
}
