package io.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What KafkaSink accepts or passes over is accepted, with a warning; what only we have is held. */
final class KafkaSinkDropInTest {
  private final Problems problems = new Problems("sink 'k1'");
  private final Map<String, String> given =
      new HashMap<>(
          Map.of(
              "type", "io.sluice.sink.RoutingKafkaSink",
              "channel", "c1",
              "kafka.bootstrap.servers", "localhost:9092",
              "kafka.topic", "logs"));

  private SinkConfig parse(String... keysAndValues) {
    for (int i = 0; i < keysAndValues.length; i += 2) {
      given.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return SinkSettings.parse("k1", given, problems);
  }

  @Test
  void withoutATopicEverythingGoesToKafkaSinksDefault() {
    given.remove("kafka.topic");

    assertThat(parse().topics().plain()).isEqualTo("default-flume-topic");
    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings())
        .containsExactly(
            "sink 'k1': no topic is given: lines go to \"default-flume-topic\", as with KafkaSink;"
                + " write kafka.topic.");
  }

  @Test
  void keysThatDoNothingThereDoNothingHere() {
    parse(
        "kafka.flumeBatchSize", "20",
        "serializer.class", "kafka.serializer.StringEncoder",
        "key.serializer.class", "kafka.serializer.StringEncoder",
        "kafka.compression.type", "snappy",
        "supportHeader", "true",
        "detectInvalidTopic", "true");

    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings())
        .hasSize(6)
        .allMatch(warning -> warning.contains("has no effect, as in KafkaSink"))
        .anyMatch(
            warning ->
                warning.contains("kafka.flumeBatchSize")
                    && warning.contains("write flumeBatchSize"));
    assertThat(problems.warnings()).noneMatch(problems::isMistake);
  }

  @Test
  void aSlipInOneOfItsKeysIsAWarningThatCheckCallsAMistake() {
    parse("flumeBatchSise", "20");

    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings())
        .containsExactly(
            "sink 'k1': flumeBatchSise is not a known key and has no effect, as in KafkaSink; the"
                + " nearest is flumeBatchSize.")
        .allMatch(problems::isMistake);
  }

  @Test
  void aSlipInAKeyOfOursIsRefused() {
    parse("guarantie", "exactly-once");

    assertThat(problems.errors())
        .containsExactly("guarantie is not a known key; the nearest is guarantee.");
  }

  @Test
  void withAKeyOfOursEveryUnknownKeyIsRefused() {
    given.remove("kafka.topic");
    parse("topics.raw", "raw", "supportHeader", "true", "bootstrap.servers", "x:1");

    assertThat(problems.errors())
        .containsExactly(
            "bootstrap.servers is not a known key; the nearest is kafka.bootstrap.servers.",
            "supportHeader is not a known key.");
  }

  @Test
  void booleansMayBeInAnyCase() {
    assertThat(parse("useFlumeEventFormat", "True").avro()).isTrue();
    assertThat(problems.errors()).isEmpty();
  }

  @Test
  void oldAcksStillCount() {
    assertThat(parse("requiredAcks", "-1").producer()).containsEntry("acks", "-1");
    assertThat(problems.errors()).isEmpty();
  }

  @Test
  void partitionersThatFlumesClientHadAreTheDefault() {
    String gone = "org.apache.kafka.clients.producer.internals.DefaultPartitioner";

    assertThat(parse("kafka.producer.partitioner.class", gone).producer()).isEmpty();
    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings()).singleElement().asString().contains(gone, "its default");
  }
}
