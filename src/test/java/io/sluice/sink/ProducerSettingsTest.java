package io.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the client can never work with is refused; what only differs from our defaults counts. */
final class ProducerSettingsTest {
  private final Problems problems = new Problems("sink 'k'");
  private final Map<String, String> given =
      new HashMap<>(
          Map.of(
              "kafka.bootstrap.servers", "localhost:9092",
              "topics.raw", "raw",
              "topics.valid", "valid",
              "topics.invalid", "invalid"));

  private void parse(String key, String value) {
    given.put(key, value);
    SinkSettings.parse("k", given, problems);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "acks|two|String must be one of: all, -1, 0, 1",
        "compression.type|lz5|String must be one of: none, gzip, snappy, lz4, zstd",
        "batch.size|16k|Not a number of type INT",
        "linger.ms|-1|Value must be at least 0",
        "partitioner.class|com.example.Missing|Class com.example.Missing could not be found",
        "security.protocol|TLS|String must be one of",
        "buffer.memory|1024|has room for no batch",
        "delivery.timeout.ms|1000|is less than linger.ms (0) and request.timeout.ms (5000) together"
      })
  void aValueThatCanNeverWorkIsRefused(String key, String value, String reason) {
    parse("kafka.producer." + key, value);

    assertThat(problems.errors())
        .singleElement()
        .asString()
        .startsWith("kafka.producer.%s = \"%s\" ".formatted(key, value))
        .contains(reason);
  }

  @Test
  void aLoginThatCannotBeReadIsRefusedWithoutItsSecret() {
    given.put("kafka.producer.security.protocol", "SASL_PLAINTEXT");
    given.put("kafka.producer.sasl.mechanism", "PLAIN");
    String module = "org.apache.kafka.common.security.plain.PlainLoginModule";
    parse(
        "kafka.producer.sasl.jaas.config", module + " required username=\"u\" password=\"hidden\"");

    assertThat(problems.errors())
        .singleElement()
        .asString()
        .contains("kafka.producer.sasl.jaas.config cannot be read", "semi-colon")
        .doesNotContain("hidden");
  }

  @Test
  void aLoginModuleThatIsNotThereIsNamed() {
    given.put("kafka.producer.security.protocol", "SASL_PLAINTEXT");
    given.put("kafka.producer.sasl.mechanism", "PLAIN");
    parse("kafka.producer.sasl.jaas.config", "com.example.Module required;");

    assertThat(problems.errors()).singleElement().asString().contains("com.example.Module");
  }

  @Test
  void aTrustStoreThatIsNotThereIsAMistake() {
    given.put("kafka.producer.security.protocol", "SSL");
    parse("kafka.producer.ssl.truststore.location", "/nonexistent/trust.jks");

    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings())
        .singleElement()
        .matches(problems::isMistake)
        .asString()
        .contains("/nonexistent/trust.jks");
  }

  @ParameterizedTest
  @CsvSource({
    "compresion.type,gzip,compression.type",
    "lingers.ms,1,linger.ms",
    "max.request.sise,1,max.request.size"
  })
  void aNearMissIsAWarningWithTheNearestKey(String key, String value, String nearest) {
    parse("kafka.producer." + key, value);

    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings())
        .containsExactly(
            "sink 'k': kafka.producer.%s is not a setting of the Kafka producer; the nearest is kafka.producer.%s."
                .formatted(key, nearest));
  }

  @ParameterizedTest
  @CsvSource({
    "acks,1,lines are lost",
    "retries,0,lines are repeated",
    "max.in.flight.requests.per.connection,10,change their order",
    "enable.idempotence,false,repeat lines"
  })
  void whatTheUserAsksForWinsAndCosts(String key, String value, String cost) {
    parse("kafka.producer." + key, value);

    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings())
        .singleElement()
        .asString()
        .contains("kafka.producer.%s = \"%s\" is used as given".formatted(key, value), cost);
  }

  @ParameterizedTest
  @CsvSource({
    "acks,1",
    "retries,0",
    "max.in.flight.requests.per.connection,10",
    "enable.idempotence,false"
  })
  void underExactlyOnceItIsRefused(String key, String value) {
    given.put("guarantee", "exactly-once");
    given.put("deliveryId", "d");
    parse("kafka.producer." + key, value);

    assertThat(problems.errors())
        .singleElement()
        .asString()
        .contains("kafka.producer.%s = \"%s\" breaks exactly-once".formatted(key, value));
  }

  @Test
  void aTransactionTimeoutThatBrokersRefuseIsAMistake() {
    given.put("guarantee", "exactly-once");
    given.put("deliveryId", "d");
    parse("kafka.producer.transaction.timeout.ms", "3600000");

    assertThat(problems.warnings())
        .singleElement()
        .matches(problems::isMistake)
        .asString()
        .contains("3600000", "900000");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"raw messages", "raw/messages", ".", "..", "größe", "%{host}/logs"})
  void aTopicThatKafkaWouldRefuseIsRefused(String topic) {
    parse("topics.raw", topic);

    assertThat(problems.errors())
        .singleElement()
        .asString()
        .contains("topics.raw = \"%s\" is not a topic name".formatted(topic));
  }

  @Test
  void aTopicMayHaveFlumesEscapes() {
    parse("topics.raw", "raw-%{host}-%[localhost]-%Y%m%d");

    assertThat(problems.errors()).isEmpty();
  }

  @Test
  void eachTopicIsItsOwn() {
    given.put("topics.valid", "raw");
    parse("topics.invalid", "raw");

    assertThat(problems.errors())
        .isEqualTo(
            List.of(
                "topics.raw = \"raw\" is the topic of topics.invalid too; each needs its own.",
                "topics.valid = \"raw\" is the topic of topics.invalid too; each needs its own."));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"kafka1", "kafka1:9092 kafka2:9092", "http:/x"})
  void serversAreHostAndPort(String servers) {
    parse("kafka.bootstrap.servers", servers);

    assertThat(problems.errors())
        .singleElement()
        .asString()
        .contains("is not a list of host:port, separated by commas");
  }
}
