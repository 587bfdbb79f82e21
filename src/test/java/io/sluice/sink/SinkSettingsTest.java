package io.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import io.sluice.delivery.Guarantee;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SinkSettingsTest {
  private final Problems problems = new Problems("sink 'kafka'");
  private final Map<String, String> given =
      new HashMap<>(
          Map.of(
              "type", "io.sluice.sink.RoutingKafkaSink",
              "channel", "c1",
              "kafka.bootstrap.servers", "localhost:9092",
              "topics.raw", "raw-messages",
              "topics.valid", "valid-messages",
              "topics.invalid", "invalid-messages"));

  private SinkConfig parse() {
    return SinkSettings.parse("kafka", given, problems);
  }

  @Test
  void allDefaults() {
    SinkConfig config = parse();

    assertThat(problems.errors()).isEmpty();
    assertThat(config)
        .isEqualTo(
            new SinkConfig(
                "kafka",
                "localhost:9092",
                new TopicRoutes("raw-messages", "valid-messages", "invalid-messages", null),
                Guarantee.AT_LEAST_ONCE,
                "",
                new SinkConfig.PositionsTopicConfig("sluice-positions", Optional.empty()),
                10_000,
                16L << 20,
                Duration.ofSeconds(1),
                false,
                null,
                null,
                null,
                null,
                Map.of(),
                List.of(),
                false,
                Map.of()));
  }

  @Test
  void everyKeySetToSomethingElse() {
    given.keySet().removeIf(key -> key.startsWith("topics."));
    given.put("kafka.topic", "all-%{host}");
    given.put("guarantee", "exactly-once");
    given.put("deliveryId", "edge-7");
    given.put("positionsTopic", "places");
    given.put("positionsTopic.replicationFactor", "3");
    given.put("flumeBatchSize", "5");
    given.put("batchBytes", "6");
    given.put("batchDurationMillis", "7");
    given.put("useFlumeEventFormat", "true");
    given.put("allowTopicOverride", "true");
    given.put("topicHeader", "where");
    given.put("partitionIdHeader", "p");
    given.put("defaultPartitionId", "8");
    given.put("timestampHeader", "t");
    given.put("header.a", "b");
    given.put("kafka.headers", "c d");
    given.put("recordIds", "true");
    given.put("requiredAcks", "-1");
    given.put("kafka.producer.linger.ms", "9");

    assertThat(parse())
        .isEqualTo(
            new SinkConfig(
                "kafka",
                "localhost:9092",
                new TopicRoutes(null, null, null, "all-%{host}"),
                Guarantee.EXACTLY_ONCE,
                "edge-7",
                new SinkConfig.PositionsTopicConfig("places", Optional.of((short) 3)),
                5,
                6,
                Duration.ofMillis(7),
                true,
                "where",
                "p",
                8,
                "t",
                Map.of("a", "b"),
                List.of("c", "d"),
                true,
                Map.of("linger.ms", "9", "acks", "-1")));
    assertThat(problems.errors()).isEmpty();
  }

  @Test
  void noTopicsAtAllAreRefusedWhereAKeyTellsItFromAKafkaSink() {
    given.keySet().removeIf(key -> key.startsWith("topics."));
    given.put("batchBytes", "1000");
    parse();

    assertThat(problems.errors())
        .singleElement()
        .asString()
        .contains("no topics")
        .contains("kafka.topic");
  }

  @Test
  void linesThatWouldGoNowhereAreRefused() {
    given.remove("topics.raw");
    given.remove("topics.invalid");
    parse();

    assertThat(problems.errors()).singleElement().asString().contains("topics.invalid is missing");
  }

  @Test
  void flumesSingleTopicAndOursExcludeEachOther() {
    given.put("kafka.topic", "one");
    parse();

    assertThat(problems.errors()).singleElement().asString().contains("kafka.topic = \"one\"");
  }

  @Test
  void exactlyOnceNeedsADeliveryIdAndOnlyThen() {
    given.put("guarantee", "exactly-once");
    parse();
    assertThat(problems.errors()).singleElement().asString().contains("deliveryId is missing");

    given.put("guarantee", "at-least-once");
    given.put("deliveryId", "x");
    parse();
    assertThat(problems.errors().get(1)).contains("for guarantee = exactly-once only");
  }

  @Test
  void aTransactionalIdIsRefusedWithAPointerToTheGuarantee() {
    given.put("kafka.producer.transactional.id", "x");
    parse();

    assertThat(problems.errors()).singleElement().asString().contains("guarantee = exactly-once");
  }

  @Test
  void producerSettingsThatBreakExactlyOnceAreRefused() {
    given.put("guarantee", "exactly-once");
    given.put("deliveryId", "x");
    given.put("kafka.producer.acks", "1");
    given.put("kafka.producer.enable.idempotence", "false");
    given.put("kafka.producer.transaction.timeout.ms", "1500");
    parse();

    assertThat(problems.errors())
        .hasSize(3)
        .anyMatch(error -> error.contains("acks"))
        .anyMatch(error -> error.contains("enable.idempotence"))
        .anyMatch(error -> error.contains("batchDurationMillis = \"1000\""));
  }

  @Test
  void flumesOldNamesWorkWithAWarning() {
    given.put("brokerList", given.remove("kafka.bootstrap.servers"));
    given.put("batchSize", "3");
    SinkConfig config = parse();

    assertThat(config.servers()).isEqualTo("localhost:9092");
    assertThat(config.batchSize()).isEqualTo(3);
    assertThat(problems.warnings()).hasSize(2);
  }
}
