package io.sluice.sink.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class PaceTest {
  private static final int RECORD = 1_000;
  private static final long BUFFER = 64L << 20;

  private final Pace pace = new Pace();

  @Test
  void aQuickLineIsAtItsFullWindowSoon() {
    pace.begin(BUFFER);
    for (int windows = 0; windows < 8; windows++) {
      fill();
      pace.answered(Duration.ofMillis(20));
    }
    assertThat(fill()).isGreaterThanOrEqualTo(BUFFER);
  }

  /** Half a megabit a second is 62,500 bytes. */
  @Test
  void aSlowLineIsNeverGivenMoreThanItCarriesInFiveSeconds() {
    pace.begin(BUFFER);
    for (int windows = 0; windows < 20; windows++) {
      long bytes = fill();
      Duration wait = Duration.ofMillis(bytes * 1_000 / 62_500);
      assertThat(wait).isLessThan(Duration.ofSeconds(5));
      pace.answered(wait);
    }
  }

  @Test
  void aNewProducerBeginsSmallerAndMorePatientAfterAStall() {
    pace.begin(BUFFER);
    long before = fill();
    pace.stalled();
    pace.begin(BUFFER);
    assertThat(pace.patience()).isEqualTo(2);
    assertThat(fill()).isLessThanOrEqualTo(before / 4 + RECORD);
  }

  @Test
  void theWindowIsNotLargerThanTheBuffer() {
    pace.begin(32 << 10);
    assertThat(fill()).isLessThanOrEqualTo((32 << 10) + RECORD);
  }

  private long fill() {
    long bytes = RECORD;
    while (!pace.isFullWith(RECORD)) {
      bytes += RECORD;
    }
    return bytes;
  }
}
