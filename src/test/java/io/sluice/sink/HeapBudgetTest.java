package io.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeapBudgetTest {
  private static final long MEGABYTE = 1L << 20;

  @Test
  void aBatchTakesASixteenthOfWhatFlumeAndTheClientLeave() {
    assertThat(HeapBudget.batchBytes(1024 * MEGABYTE)).isEqualTo(1009 * MEGABYTE / 16);
    assertThat(HeapBudget.bytes(295, 100L * 295)).isLessThan(HeapBudget.batchBytes(20 * MEGABYTE));
    assertThat(HeapBudget.bytes(300, 100L * 300))
        .as("in flume-ng's default heap that is some three hundred lines")
        .isGreaterThan(HeapBudget.batchBytes(20 * MEGABYTE));
  }

  @Test
  void aHeapThatIsTooSmallForFlumeStillHasRoomForABatch() {
    assertThat(HeapBudget.batchBytes(16 * MEGABYTE)).isEqualTo(MEGABYTE / 16);
  }

  @Test
  void aChannelThatFitsIsNotMentioned() {
    assertThat(HeapBudget.warning("memory", 10_000, 20 * MEGABYTE)).isEmpty();
    assertThat(HeapBudget.warning("memory", 0, 20 * MEGABYTE)).as("unknown").isEmpty();
  }

  @Test
  void aChannelThatDoesNotFitIsNamedWithTheCapacityThatDoes() {
    assertThat(HeapBudget.warning("memory", 1_000_000, 20 * MEGABYTE))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .contains(
                        "channel 'memory' has room for 1000000 events",
                        "about 381 MB",
                        "the heap has 20 MB",
                        "capacity to 26214"));
  }
}
