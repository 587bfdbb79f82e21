package io.sluice.sink;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * How long batches took from the reading of their first line to the acknowledgement of all, in
 * classes. One writer, any number of readers.
 */
final class Delays {
  private static final long[] BOUNDS_MILLIS = {
    5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000
  };

  private final AtomicLongArray counts = new AtomicLongArray(BOUNDS_MILLIS.length + 1);
  private volatile long latestMillis;
  private final AtomicLong sumMillis = new AtomicLong();

  /** By the sink's thread alone, once for each batch. */
  void add(long millis) {
    int index = 0;
    while (index < BOUNDS_MILLIS.length && millis > BOUNDS_MILLIS[index]) {
      index++;
    }
    counts.incrementAndGet(index);
    latestMillis = millis;
    sumMillis.addAndGet(millis);
  }

  long latestMillis() {
    return latestMillis;
  }

  long sumMillis() {
    return sumMillis.get();
  }

  long[] bounds() {
    return BOUNDS_MILLIS.clone();
  }

  long[] counts() {
    long[] copy = new long[counts.length()];
    for (int i = 0; i < copy.length; i++) {
      copy[i] = counts.get(i);
    }
    return copy;
  }
}
