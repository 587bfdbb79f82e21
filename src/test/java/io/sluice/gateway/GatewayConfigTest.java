package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import io.sluice.http.Limits;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class GatewayConfigTest {
  private static final String TOKEN = "sixteen-letters!";
  private final Problems problems = new Problems("source 'http'");
  private final Map<String, String> given =
      new HashMap<>(Map.of("type", "io.sluice.gateway.GatewaySource", "channels", "c1"));

  private GatewayConfig parse() {
    return GatewayConfig.parse("http", given, problems);
  }

  @Test
  void allDefaults() {
    GatewayConfig config = parse();

    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings()).isEmpty();
    assertThat(config.http().url(config.http().port())).isEqualTo("http://127.0.0.1:8080/");
    assertThat(config)
        .isEqualTo(
            new GatewayConfig(
                "http",
                config.http(),
                Ack.CHANNEL,
                Duration.ofSeconds(10),
                262_144,
                new Limits(100, 8_192, Duration.ofSeconds(10), Duration.ofSeconds(60)),
                Optional.empty(),
                true,
                new ReceiveConfig(
                    Set.of(),
                    "sluice-gateway-http",
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(30),
                    "",
                    Map.of())));
  }

  @Test
  void everyKeySetToSomethingElse() {
    given.put("bind", "127.0.0.2");
    given.put("port", "81");
    given.put("ack", "kafka");
    given.put("ackTimeoutMillis", "50000");
    given.put("maxBodyBytes", "2");
    given.put("maxHeaderBytes", "2000");
    given.put("maxConnections", "3");
    given.put("maxRequestsPerSecond", "4");
    given.put("requestTimeoutMillis", "500");
    given.put("token", TOKEN);
    given.put("allowGet", "false");
    given.put("receive.topics", "a b");
    given.put("receive.group", "g");
    given.put("receive.timeoutMillis", "6");
    given.put("receive.maxTimeoutMillis", "7");
    given.put("kafka.bootstrap.servers", "k:9092");
    given.put("kafka.consumer.fetch.max.bytes", "8");

    GatewayConfig config = parse();

    assertThat(problems.errors()).isEmpty();
    assertThat(config.http().token().orElseThrow().isIn("Bearer " + TOKEN)).isTrue();
    assertThat(config.http().url(config.http().port())).isEqualTo("http://127.0.0.2:81/");
    assertThat(config)
        .isEqualTo(
            new GatewayConfig(
                "http",
                config.http(),
                Ack.KAFKA,
                Duration.ofSeconds(50),
                2,
                new Limits(3, 2_000, Duration.ofMillis(500), Duration.ofSeconds(80)),
                Optional.of(4),
                false,
                new ReceiveConfig(
                    Set.of("a", "b"),
                    "g",
                    Duration.ofMillis(6),
                    Duration.ofMillis(7),
                    "k:9092",
                    Map.of("fetch.max.bytes", "8"))));
    assertThat(config).asString().doesNotContain(TOKEN);
  }

  @Test
  void namesEveryProblemAndNoSecret() {
    given.put("prot", "80");
    given.put("ack", "both");
    given.put("token", "sec ret");
    given.put("receive.topics", "a");
    given.put("receive.timeoutMillis", "40000");
    given.put("kafka.consumer.group.id", "g");

    parse();

    assertThat(problems.describe())
        .contains("prot is not a known key; the nearest is port")
        .contains("ack = \"both\" is not one of channel, kafka")
        .contains("token cannot be used: a token is 16 or more visible ASCII characters")
        .contains("kafka.bootstrap.servers is missing")
        .contains("receive.timeoutMillis = \"40000\" is more than receive.maxTimeoutMillis (30000)")
        .contains("kafka.consumer.group.id is set by the gateway itself")
        .doesNotContain("sec ret");
  }
}
