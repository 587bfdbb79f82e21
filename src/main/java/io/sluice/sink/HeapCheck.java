package io.sluice.sink;

import java.util.Optional;

/** Whether the events that a memory channel has room for fit into the heap. */
final class HeapCheck {
  /** A log line of 150 bytes, and the objects around it. */
  private static final int EXPECTED_EVENT_BYTES = 400;

  /** The rest is for batches on their way, the Kafka client's buffer, and Flume. */
  private static final int HEAP_PART = 2;

  private HeapCheck() {}

  /**
   * What to tell the user if they do not.
   *
   * @param capacity most events in the channel; 0 or less if the channel does not say
   */
  static Optional<String> warning(String channel, long capacity, long maxHeapBytes) {
    long bytes = capacity * EXPECTED_EVENT_BYTES;
    if (bytes <= maxHeapBytes / HEAP_PART) {
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
                maxHeapBytes / HEAP_PART / EXPECTED_EVENT_BYTES));
  }
}
