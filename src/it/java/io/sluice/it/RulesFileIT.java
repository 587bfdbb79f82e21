package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A rules file that is changed and broken while lines flow through an agent without a pause. */
final class RulesFileIT {
  private static final int LINES_A_SECOND = 5_000;
  private static final String INTERCEPTOR = "INTERCEPTOR.range";

  @TempDir Path folder;

  /** How a line was judged, and by which rules. */
  private record Judged(String rules, boolean valid) {}

  @Test
  void eachLineIsJudgedOnceAndTheRulesChangeAtOnePlaceInTheFile() throws Exception {
    Path rules = folder.resolve("rules.properties");
    var metrics = new AgentMetrics();
    write(rules, "field = key:value", "range = [10,20]");
    try (var pipeline =
        new Pipeline("log-to-kafka.conf", folder, SharedBroker.bootstrapServers())
            .prefixTopics("rules-")
            .createTopics()) {
      String range = "a1.sources.tail.interceptors.range.";
      pipeline.config().without(range + "field").without(range + "range");
      pipeline.config().set(range + "rulesFile", rules).set(range + "stampRules", true);
      pipeline.agent().jvm(metrics.jvmOptions());
      int written;
      try (var log = new SteadyLog(pipeline.log().path(), LINES_A_SECOND)) {
        pipeline.start();
        awaitMoreLines(pipeline);

        write(rules, "field = key:value", "range = [0,9]");
        metrics.await(INTERCEPTOR, "RulesReloadCount", "1");
        awaitMoreLines(pipeline);
        write(rules, "feild = key:value", "range = [20,10]");
        metrics.await(INTERCEPTOR, "RulesReloadFailureCount", "1");
        awaitMoreLines(pipeline);
        write(rules, "field = key:value", "range = [21,29]");
        metrics.await(INTERCEPTOR, "RulesReloadCount", "2");
        awaitMoreLines(pipeline);

        written = log.stop();
      }
      pipeline.topics().awaitCount(pipeline.raw(), written);
      assertThat(pipeline.agent().terminate()).isTrue();

      assertThat(new ReadingCount(written).topic(pipeline.topics(), pipeline.raw(), n -> true))
          .hasToString("lost=0 duplicates=0");
      assertEachWasJudgedByTheRulesOfItsPlace(pipeline, written);
      assertThat(pipeline.agent().log())
          .containsPattern(" ERROR [^\\n]*RangeInterceptor[^\\n]*rules\\.properties")
          .contains("feild", "the end 10 is less than the start 20")
          .containsOnlyOnce("Refused: the rules before it stay in force");
    }
  }

  private static void assertEachWasJudgedByTheRulesOfItsPlace(Pipeline pipeline, int written) {
    var judged = new TreeMap<Integer, Judged>();
    collect(pipeline, pipeline.valid(), true, judged);
    collect(pipeline, pipeline.invalid(), false, judged);
    assertThat(judged).as("each line has a verdict").hasSize(written);
    List<String> ruleSets = new ArrayList<>();
    List<IntPredicate> valid = List.of(v -> v >= 10 && v <= 20, v -> v <= 9, v -> v >= 21);
    for (Map.Entry<Integer, Judged> line : judged.entrySet()) {
      String rules = line.getValue().rules();
      if (ruleSets.isEmpty() || !rules.equals(ruleSets.get(ruleSets.size() - 1))) {
        ruleSets.add(rules);
        System.out.println("RulesFileIT: rules " + rules + " from line " + line.getKey());
      }
      assertThat(ruleSets.size()).as("the rules change twice").isLessThanOrEqualTo(valid.size());
      assertThat(line.getValue().valid())
          .as("line " + line.getKey())
          .isEqualTo(valid.get(ruleSets.size() - 1).test(line.getKey() % 30));
    }
    assertThat(ruleSets).hasSize(valid.size()).doesNotHaveDuplicates();
    System.out.println("RulesFileIT: lines " + written + " lost=0 duplicates=0");
  }

  private static void collect(
      Pipeline pipeline, String topic, boolean valid, Map<Integer, Judged> judged) {
    for (ConsumerRecord<byte[], byte[]> line : pipeline.topics().records(topic)) {
      String text = new String(line.value(), StandardCharsets.US_ASCII);
      int number = Integer.parseInt(text.substring("reading ".length(), text.indexOf(" value=")));
      byte[] rules = line.headers().lastHeader("validation.rules").value();
      var now = new Judged(new String(rules, StandardCharsets.US_ASCII), valid);
      assertThat(judged.put(number, now)).as("line " + number + " has one verdict").isNull();
    }
  }

  private static void write(Path file, String... lines) throws Exception {
    Files.write(file, List.of(lines));
  }

  private static void awaitMoreLines(Pipeline pipeline) {
    pipeline.topics().awaitMore(pipeline.raw(), LINES_A_SECOND / 5);
  }
}
