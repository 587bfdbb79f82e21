package io.sluice.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

final class StreamsSettingsTest {
  private final Problems problems = new Problems("streams");

  private Optional<StreamsConfiguration> parse(Map<String, String> given) {
    return StreamsSettings.parse(given, problems, LoggerFactory.getLogger(getClass()));
  }

  @Test
  void allDefaults() {
    StreamsConfiguration config =
        parse(Map.of("kafka.bootstrap.servers", "a:1", "range", "[10,20]")).orElseThrow();

    assertThat(problems.errors()).isEmpty();
    assertThat(config.servers()).isEqualTo("a:1");
    assertThat(config.applicationId()).isEqualTo("sluice-validator");
    assertThat(config.raw()).isEqualTo("raw-messages");
    assertThat(config.valid()).isEqualTo("valid-messages");
    assertThat(config.invalid()).isEqualTo("invalid-messages");
    assertThat(config.exactlyOnce()).isTrue();
    assertThat(config.threads()).isEqualTo(1);
    assertThat(config.properties())
        .containsEntry("processing.guarantee", "exactly_once_v2")
        .containsEntry("consumer.auto.offset.reset", "earliest");
  }

  @Test
  void everythingSetToSomethingElse() {
    StreamsConfiguration config =
        parse(
                Map.of(
                    "kafka.bootstrap.servers", "a:1,b:2",
                    "applicationId", "app",
                    "topics.raw", "r",
                    "topics.valid", "v",
                    "topics.invalid", "i",
                    "guarantee", "at-least-once",
                    "threads", "3",
                    "kafka.streams.security.protocol", "SSL",
                    "kafka.streams.producer.linger.ms", "7",
                    "min", "1"))
            .orElseThrow();

    assertThat(problems.errors()).isEmpty();
    Properties properties = config.properties();
    assertThat(properties)
        .containsEntry("bootstrap.servers", "a:1,b:2")
        .containsEntry("application.id", "app")
        .containsEntry("processing.guarantee", "at_least_once")
        .containsEntry("num.stream.threads", 3)
        .containsEntry("producer.linger.ms", "7")
        .containsEntry("security.protocol", "SSL");
    assertThat(config.clientProperties())
        .containsOnly(
            Map.entry("security.protocol", "SSL"), Map.entry("bootstrap.servers", "a:1,b:2"));
    assertThat(config.raw() + config.valid() + config.invalid()).isEqualTo("rvi");
  }

  @Test
  void allThatIsWrongIsToldAtOnce() {
    parse(
        Map.of(
            "topics.invalid", "raw-messages",
            "applicationId", "a b",
            "thread", "3",
            "kafka.streams.application.id", "x",
            "kafka.streams.processing.guarantee", "at_least_once",
            "field", "key:",
            "range", "[20,10]"));

    assertThat(problems.errors())
        .hasSize(8)
        .anyMatch(error -> error.startsWith("kafka.bootstrap.servers is missing"))
        .anyMatch(error -> error.contains("topics.invalid = \"raw-messages\" is topics.raw too"))
        .anyMatch(error -> error.startsWith("applicationId = \"a b\" is not letters"))
        .contains("thread is not a known key; the nearest is threads.")
        .contains("kafka.streams.application.id is not taken: write applicationId instead.")
        .contains("kafka.streams.processing.guarantee is not taken: write guarantee instead.");
  }
}
