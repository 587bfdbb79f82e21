package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.ReplacingInterceptor;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sixteen configurations for TAILDIR and KafkaSink, the last six as they were found, all in one
 * agent: first of stock Flume, then with nothing but the types changed. Topics, keys, partitions,
 * headers and order must be the same.
 */
final class DropInIT {

  /** How many records each topic gets: {@code example.log} has 20 lines, the other log 10. */
  private static final Map<String, Integer> RECORDS =
      Map.ofEntries(
          Map.entry("t01", 30),
          Map.entry("t02", 20),
          Map.entry("default-flume-topic", 40),
          Map.entry("t04a", 20),
          Map.entry("t04b", 10),
          Map.entry("t05", 30),
          Map.entry("t06", 20),
          Map.entry("t07", 20),
          Map.entry("t08", 20),
          Map.entry("t09", 10),
          Map.entry("t10a", 20),
          Map.entry("t10b", 10),
          Map.entry("t12a", 30),
          Map.entry("t12b", 10),
          Map.entry("t12c", 20),
          Map.entry("t12d", 10),
          Map.entry("t14", 20),
          Map.entry("t15", 20),
          Map.entry("t16", 20));

  /** Only what is written after the start goes here. */
  private static final String SKIPPED_TO_END = "t11";

  @TempDir Path folder;

  @Test
  void eachConfigurationDeliversWhatStockFlumeDelivers() throws IOException {
    try (var broker = new KafkaBroker(folder.resolve("broker")).start();
        var topics = new Topics(broker.bootstrapServers());
        var stock = new FlumeAgent(folder.resolve("stock")).stock();
        var sluice = new FlumeAgent(folder.resolve("sluice"))) {
      List.of(stock, sluice).forEach(agent -> agent.withClass(ReplacingInterceptor.class));
      // More than one partition only where the configuration decides on it.
      RECORDS
          .keySet()
          .forEach(topic -> topics.create(topic, topic.matches("t05|t06") ? 3 : 1, Map.of()));
      topics.create(SKIPPED_TO_END);
      // The one that stock Flume refuses as it is: a batch is larger than the channel takes.
      stock.start(configuration("stock", broker).replace("a1.sources.r11.batchSize", 100));
      RECORDS.forEach((topic, count) -> topics.awaitCount(topic, count));
      lines(folder.resolve("root-stock/11/data/log/app.log"), "new", 10);
      topics.awaitCount(SKIPPED_TO_END, 10);
      assertThat(stock.terminate()).isTrue();
      Map<String, Map<String, List<String>>> theirs = read(topics);

      sluice.start(changed(configuration("sluice", broker)));
      RECORDS.forEach((topic, count) -> topics.awaitCount(topic, 2L * count));
      lines(folder.resolve("root-sluice/11/data/log/app.log"), "new", 10);
      topics.awaitCount(SKIPPED_TO_END, 20);
      assertThat(sluice.terminate()).isTrue();

      Map<String, Map<String, List<String>>> both = read(topics);
      theirs.forEach(
          (topic, groups) ->
              groups.forEach(
                  (group, records) ->
                      assertThat(both.get(topic).get(group))
                          .as("%s %s", topic, group)
                          .isEqualTo(Stream.concat(records.stream(), records.stream()).toList())));
      assertThat(sluice.log()).doesNotContain(" ERROR ");
    }
  }

  private AgentConfig configuration(String name, KafkaBroker broker) throws IOException {
    Path root = Files.createDirectories(folder.resolve("root-" + name));
    lines(root.resolve("logs/example.log"), "line", 20);
    lines(root.resolve("logs/web-access.log"), "access", 10);
    lines(root.resolve("11/data/log/app.log"), "old", 10);
    lines(root.resolve("12/logs/java/local-app.log"), "app", 20);
    lines(root.resolve("12/logs/java/local-test-app.log"), "test", 10);
    lines(root.resolve("12/logs/java/java.error.log"), "error", 20);
    lines(root.resolve("12/logs/java/java.slow.log"), "slow", 10);
    lines(root.resolve("13/spoolDir/records"), "record", 20);
    lines(root.resolve("14/logs/app.log"), "spooled", 20);
    lines(root.resolve("15/tmp/app.log"), "login", 20);
    lines(root.resolve("16/data/CHAT_DATA.dat"), "chat", 20);
    int dead = FreePort.find();
    var all = new TreeMap<String, String>();
    try (Stream<Path> files = Files.list(Path.of("src/test/resources/dropin"))) {
      for (Path file : files.sorted().toList()) {
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file)) {
          properties.load(reader);
        }
        properties.forEach((key, value) -> all.merge((String) key, (String) value, DropInIT::join));
      }
    }
    return AgentConfig.of(
        all.entrySet().stream()
            .map(each -> each.getKey() + " = " + each.getValue())
            .map(line -> line.replace("@ROOT@", root.toString()))
            .map(line -> line.replace("@BROKER@", broker.bootstrapServers()))
            .map(line -> line.replace("@DEAD@", "localhost:" + dead))
            .toArray(String[]::new));
  }

  /** Only the lists of components are in each file. */
  private static String join(String before, String more) {
    return before + " " + more;
  }

  private static void lines(Path log, String word, int count) {
    var file = new LogFile(log);
    for (int i = 0; i < count; i++) {
      file.append(word + " " + i);
    }
  }

  private static AgentConfig changed(AgentConfig config) {
    for (String key : config.keysUnder("a1.")) {
      String type = config.get("a1." + key);
      if (type.equals("TAILDIR") || type.endsWith(".TaildirSource")) {
        config.set("a1." + key, "io.sluice.source.LogFileSource");
      } else if (type.endsWith(".KafkaSink")) {
        config.set("a1." + key, "io.sluice.sink.RoutingKafkaSink");
      }
    }
    return config;
  }

  /** By topic, and there by partition and log, whose order counts. */
  private static Map<String, Map<String, List<String>>> read(Topics topics) {
    var all = new TreeMap<String, Map<String, List<String>>>();
    for (String topic : topics()) {
      Map<String, List<String>> groups = all.computeIfAbsent(topic, none -> new TreeMap<>());
      for (ConsumerRecord<byte[], byte[]> next : topics.records(topic)) {
        String value = text(next.value());
        String group = next.partition() + " " + value.split(" ")[0];
        groups.computeIfAbsent(group, none -> new ArrayList<>()).add(described(next, value));
      }
    }
    return all;
  }

  private static List<String> topics() {
    return Stream.concat(RECORDS.keySet().stream(), Stream.of(SKIPPED_TO_END)).toList();
  }

  private static String described(ConsumerRecord<byte[], byte[]> next, String value) {
    String headers =
        Arrays.stream(next.headers().toArray())
            .map(header -> header.key() + "=" + text(header.value()))
            .sorted()
            .collect(Collectors.joining(","));
    return "%s {%s} %s".formatted(next.key() == null ? "-" : text(next.key()), headers, value);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
