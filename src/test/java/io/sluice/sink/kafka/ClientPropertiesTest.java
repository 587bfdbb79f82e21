package io.sluice.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.Guarantee;
import io.sluice.sink.SinkConfig;
import io.sluice.sink.TopicRoutes;
import java.time.Duration;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class ClientPropertiesTest {
  private static final String TIMEOUT = "request.timeout.ms";

  private static Map<String, Object> producer(Map<String, String> given) {
    return ClientProperties.producer(config(given), 1L << 30, new LongSummaryStatistics(), 1);
  }

  private static SinkConfig config(Map<String, String> given) {
    return new SinkConfig(
        "kafka",
        "localhost:9092",
        new TopicRoutes("raw", "valid", "invalid", null),
        Guarantee.AT_LEAST_ONCE,
        "",
        new SinkConfig.PositionsTopicConfig("positions", Optional.empty()),
        1_000,
        1_000_000,
        Duration.ofMillis(100),
        false,
        null,
        null,
        null,
        null,
        Map.of(),
        List.of(),
        false,
        given);
  }

  @Test
  void aSilentBrokerIsLeftAfterFiveSecondsWhereSendingAgainDoesNoHarm() {
    assertThat(producer(Map.of())).containsEntry(TIMEOUT, "5000");
    assertThat(producer(Map.of("acks", "-1"))).containsEntry(TIMEOUT, "5000");
  }

  @Test
  void withoutIdempotenceTheClientsOwnPatienceStays() {
    assertThat(producer(Map.of("acks", "1"))).containsEntry(TIMEOUT, "30000");
    assertThat(producer(Map.of("enable.idempotence", "false"))).containsEntry(TIMEOUT, "30000");
  }

  /** Or the client refuses to start, and the sink gives up for good. */
  @Test
  void aRequestOnASlowLineEndsBeforeTheUsersDeliveryTimeout() {
    Map<String, String> given = Map.of("delivery.timeout.ms", "30000");

    Map<String, Object> patient =
        ClientProperties.producer(config(given), 1L << 30, new LongSummaryStatistics(), 16);

    assertThat(patient).containsEntry(TIMEOUT, "29995").containsEntry("linger.ms", "5");
  }

  @Test
  void nothingLingersWhereTheUsersTimeoutsLeaveNoRoom() {
    assertThat(producer(Map.of("delivery.timeout.ms", "30000", TIMEOUT, "30000")))
        .containsEntry("linger.ms", "0");
  }

  @Test
  void whatTheUserSaysCounts() {
    assertThat(producer(Map.of(TIMEOUT, "7000"))).containsEntry(TIMEOUT, "7000");
  }

  @Test
  void settingsOfTheLoginHoldForAllClients() {
    Map<String, String> login =
        Map.of("sasl.mechanism", "PLAIN", "config.providers", "file", "ssl.protocol", "TLSv1.3");

    assertThat(producer(login)).containsAllEntriesOf(login);
    assertThat(ClientProperties.auxiliary(config(login))).containsAllEntriesOf(login);
  }

  @Test
  void aBufferOfTheUsersHasRoomForOurBatches() {
    Map<String, Object> properties = producer(Map.of("buffer.memory", "524288"));
    assertThat(ClientProperties.number(properties, "batch.size")).isLessThanOrEqualTo(131_072);
    assertThat(ClientProperties.number(properties, "max.request.size"))
        .isLessThanOrEqualTo(524_288);
  }
}
