package io.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class HeapCheckTest {
  private static final long MEGABYTE = 1L << 20;

  @Test
  void aChannelThatFitsIsNotMentioned() {
    assertThat(HeapCheck.warning("memory", 10_000, 20 * MEGABYTE)).isEmpty();
    assertThat(HeapCheck.warning("memory", 0, 20 * MEGABYTE)).as("unknown").isEmpty();
  }

  @Test
  void aChannelThatDoesNotFitIsNamedWithTheCapacityThatDoes() {
    assertThat(HeapCheck.warning("memory", 1_000_000, 20 * MEGABYTE))
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
