package io.sluice.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;
import static org.mockito.Mockito.verify;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

final class RepeatingWarningTest {
  private final Logger log = mock(Logger.class);
  private long now;
  private final RepeatingWarning warning = new RepeatingWarning(log, () -> now);

  @Test
  void isSaidAtOnceAndThenOnceAMinuteWithTheNumberHeldBack() {
    warning.warn("away");
    warning.warn("away");
    warning.warn("away");
    verify(log, times(1)).warn("{}{}", "away", "");

    now += TimeUnit.MINUTES.toNanos(1);
    warning.warn("away");
    verify(log).warn("{}{}", "away", " (2 more since the last)");
  }

  @Test
  void isSaidAtOnceAgainAfterTheTroubleWasOver() {
    warning.warn("away");
    assertThat(warning.reset()).isTrue();
    assertThat(warning.reset()).isFalse();

    warning.warn("away");
    verify(log, times(2)).warn("{}{}", "away", "");
  }
}
