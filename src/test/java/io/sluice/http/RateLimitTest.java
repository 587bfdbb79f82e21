package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class RateLimitTest {
  private long now;

  private static int passing(RateLimit rate, int tries) {
    int passed = 0;
    for (int i = 0; i < tries; i++) {
      passed += rate.passes() ? 1 : 0;
    }
    return passed;
  }

  @Test
  void letsSoManyThroughInASecondAndNoMore() {
    var rate = new RateLimit(Optional.of(10), () -> now);

    assertThat(passing(rate, 100)).isEqualTo(10);
    now += Duration.ofMillis(500).toNanos();
    assertThat(passing(rate, 100)).isEqualTo(5);
    now += Duration.ofHours(1).toNanos();
    assertThat(passing(rate, 100)).isEqualTo(10);
  }

  @Test
  void withoutABoundEverythingPasses() {
    assertThat(passing(new RateLimit(Optional.empty(), () -> now), 1_000)).isEqualTo(1_000);
  }
}
