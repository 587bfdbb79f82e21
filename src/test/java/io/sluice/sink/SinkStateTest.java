package io.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SinkStateTest {
  private static final long HOUR_MILLIS = 3_600_000;

  private final StallWatch watch = StallWatch.start("kafka");
  private final SinkState state =
      new SinkState(
          SinkSettings.parse(
              "kafka",
              Map.of(
                  "kafka.bootstrap.servers", "localhost:9092",
                  "topics.raw", "raw",
                  "topics.valid", "valid"),
              new Problems("sink 'kafka'")),
          "4.3.1 from here",
          watch,
          () -> 100);

  @AfterEach
  void stop() {
    watch.stop();
  }

  @Test
  void tellsWhatItShipsAndWhere() {
    assertThat(state.getGuarantee()).isEqualTo("at-least-once");
    assertThat(state.getTopics()).isEqualTo(Map.of("raw", "raw", "valid", "valid"));
    assertThat(state.getKafkaClient()).isEqualTo("4.3.1 from here");
    assertThat(state.isConnected()).isFalse();
  }

  @Test
  void measuresABatchFromReadingToAcknowledgement() {
    state.taken(this, 7, 5, System.nanoTime() - TimeUnit.MILLISECONDS.toNanos(700));
    assertThat(state.getInFlightEvents()).isEqualTo(7);
    assertThat(state.getInFlightMillis()).isGreaterThanOrEqualTo(700);
    assertThat(state.getUndeliveredEvents()).isEqualTo(105);

    state.delivered(this);

    assertThat(state.getInFlightEvents()).isZero();
    assertThat(state.getInFlightMillis()).isZero();
    assertThat(state.getDelayMillis()).isGreaterThanOrEqualTo(700);
    assertThat(state.getDelaySumMillis()).isEqualTo(state.getDelayMillis());
    assertThat(Arrays.stream(state.getDelayCounts()).sum()).isOne();
    assertThat(state.getDelayCounts()).hasSize(state.getDelayBounds().length + 1);
  }

  @Test
  void addsUpBatchesThatAreOnTheirWayTogether() {
    state.taken("first", 7, 0, System.nanoTime() - TimeUnit.HOURS.toNanos(1));
    state.left("first");
    state.taken("second", 5, 1, System.nanoTime());

    assertThat(state.getInFlightEvents()).isEqualTo(12);
    assertThat(state.getUndeliveredEvents()).isEqualTo(108);
    assertThat(state.getInFlightMillis()).isGreaterThanOrEqualTo(HOUR_MILLIS);

    state.delivered("first");
    assertThat(state.getInFlightMillis()).isLessThan(HOUR_MILLIS);
  }

  @Test
  void aBatchThatIsGivenBackStaysInFlight() {
    state.taken(this, 7, 5, System.nanoTime() - TimeUnit.HOURS.toNanos(1));

    state.givenBack(this);

    assertThat(state.getInFlightEvents()).isEqualTo(7);
    assertThat(state.getInFlightMillis()).isGreaterThanOrEqualTo(HOUR_MILLIS);
    assertThat(state.getUndeliveredEvents()).isEqualTo(100);

    state.taken("the next batch", 3, 3, System.nanoTime());
    assertThat(state.getInFlightEvents()).isEqualTo(3);
  }

  @Test
  void countsADelayInTheClassWhoseBoundItDoesNotPass() {
    var delays = new Delays();
    delays.add(5);
    delays.add(6);
    delays.add(1_000_000);

    assertThat(delays.counts()).startsWith(1, 1, 0).endsWith(0, 1);
    assertThat(delays.sumMillis()).isEqualTo(1_000_011);
  }

  @Test
  void forgetsTheLastTroubleWhenABatchIsDelivered() {
    state.connected();
    state.trouble("no broker");
    state.taken(this, 0, 0, 0);
    state.delivered(this);
    assertThat(state.getLastError()).isEqualTo("no broker");

    state.taken(this, 1, 0, System.nanoTime());
    state.delivered(this);

    assertThat(state.getLastError()).isEmpty();
    assertThat(state.isConnected()).isTrue();
  }
}
