package io.sluice.sink;

import java.util.Optional;

/** What the heap has room for: the memory channel's events, and a batch. */
final class HeapBudget {
  /** A log line of 150 bytes, and the objects around it. */
  private static final int EXPECTED_EVENT_BYTES = 400;

  /** The rest is for batches on their way, the Kafka client's buffer, and Flume. */
  private static final int CHANNEL_PART = 2;

  /** What Flume and the Kafka client take for themselves. */
  private static final long TAKEN_BYTES = 15L << 20;

  /** The part of the rest that a batch may take. */
  private static final int BATCH_PART = 16;

  /** What an event costs beside its body while it is on its way: objects, and two records. */
  private static final int EVENT_BYTES = 1_000;

  private HeapBudget() {}

  /** What a batch may take of the heap. */
  static long batchBytes(long maxHeapBytes) {
    return Math.max(maxHeapBytes - TAKEN_BYTES, maxHeapBytes / BATCH_PART) / BATCH_PART;
  }

  /** What {@code events} events with {@code bodyBytes} bytes of bodies take of it. */
  static long bytes(int events, long bodyBytes) {
    return bodyBytes + (long) events * EVENT_BYTES;
  }

  /**
   * What to tell the user if the channel's events do not fit.
   *
   * @param capacity most events in the channel; 0 or less if the channel does not say
   */
  static Optional<String> warning(String channel, long capacity, long maxHeapBytes) {
    long bytes = capacity * EXPECTED_EVENT_BYTES;
    if (bytes <= maxHeapBytes / CHANNEL_PART) {
      return Optional.empty();
    }
    return Optional.of(
        ("channel '%s' has room for %d events, which is about %d MB if lines have 150 bytes; the"
                + " heap has %d MB. While Kafka is away the agent may run out of memory: lower the"
                + " channel's capacity to %d, or raise -Xmx in flume-env.sh.")
            .formatted(
                channel,
                capacity,
                bytes >> 20,
                maxHeapBytes >> 20,
                maxHeapBytes / CHANNEL_PART / EXPECTED_EVENT_BYTES));
  }
}
