package io.sluice.cli.survey;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

final class DistributionTest {
  private static final double[] SHARES = {0, 0.01, 0.25, 0.5, 0.75, 0.99, 1};

  @Test
  void quantilesAreExactForFewNumbersAndNearForMany() {
    long seed = System.nanoTime();
    for (int count : new int[] {1, 100, 16_384, 16_385, 50_000}) {
      var random = new Random(seed);
      double[] numbers = random.doubles(count, -1_000, 1_000_000).toArray();
      var distribution = new Distribution();
      for (double number : numbers) {
        distribution.add(number);
      }
      Arrays.sort(numbers);

      assertThat(distribution.count()).isEqualTo(count);
      for (double share : SHARES) {
        double exact = numbers[Math.max(1, (int) Math.ceil(share * count)) - 1];
        assertThat(distribution.quantile(share))
            .as("seed %d, %d numbers, %.2f", seed, count, share)
            .isCloseTo(exact, Percentage.withPercentage(count > 16_384 ? 1 : 0));
      }
      assertThat(distribution.min()).isEqualTo(numbers[0]);
      assertThat(distribution.max()).isEqualTo(numbers[count - 1]);
    }
  }

  @Test
  void rowsHoldEveryNumberOnce() {
    var distribution = new Distribution();
    for (int i = 0; i < 20_000; i++) {
      distribution.add(i % 10 - 5);
    }

    assertThat(distribution.rows(new double[] {-3, 0, 3}))
        .containsExactly(4_000, 6_000, 6_000, 4_000);
  }

  @Test
  void numbersBeyondDoublesHaveAPlace() {
    var distribution = new Distribution();
    distribution.add(Double.POSITIVE_INFINITY);
    distribution.add(-0.0);

    assertThat(distribution.quantile(1)).isInfinite();
    assertThat(distribution.rows(new double[] {0})).containsExactly(0, 2);
  }
}
