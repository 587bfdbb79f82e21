package io.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.validate.QualityAlarm.Change;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class QualityAlarmTest {
  private static final long SECOND = Duration.ofSeconds(1).toNanos();

  private final QualityAlarm alarm = new QualityAlarm(0.1, Duration.ofMinutes(1), 100, 0);

  @Test
  void aShareEqualToTheLimitIsAllowed() {
    assertThat(alarm.check(SECOND, 100, 10)).isEqualTo(Change.NONE);
    assertThat(alarm.ratio()).isEqualTo(0.1);
    assertThat(alarm.check(2 * SECOND, 101, 11)).isEqualTo(Change.RAISED);
  }

  @Test
  void isRaisedOnceAndStaysRaised() {
    assertThat(alarm.check(SECOND, 100, 50)).isEqualTo(Change.RAISED);
    assertThat(alarm.check(2 * SECOND, 200, 100)).isEqualTo(Change.NONE);
    assertThat(alarm.isRaised()).isTrue();
  }

  @Test
  void tooFewLinesSayNothing() {
    assertThat(alarm.check(SECOND, 99, 99)).isEqualTo(Change.NONE);
    assertThat(alarm.isRaised()).isFalse();
    assertThat(alarm.check(2 * SECOND, 100, 99)).isEqualTo(Change.RAISED);
    assertThat(alarm.check(1_000 * SECOND, 101, 99)).isEqualTo(Change.NONE);
    assertThat(alarm.isRaised()).isTrue();
  }

  @Test
  void linesBeforeTheWindowAreForgotten() {
    alarm.check(SECOND, 1_000, 0);
    long judged = 1_000;
    for (int second = 2; second <= 60; second++) {
      judged += 10;
      assertThat(alarm.check(second * SECOND, judged, 0)).isEqualTo(Change.NONE);
    }
    int invalid = 0;
    Change change = Change.NONE;
    int raisedAfter = 0;
    while (change == Change.NONE) {
      raisedAfter++;
      judged += 10;
      invalid += 10;
      change = alarm.check((60 + raisedAfter) * SECOND, judged, invalid);
    }
    assertThat(change).isEqualTo(Change.RAISED);
    assertThat(raisedAfter).isBetween(6, 8);
  }
}
