package io.sluice.sink.kafka;

import java.time.Duration;

/**
 * How much is given to the Kafka client before it has to answer, and how long a request may take:
 * as much as the line carried. The window begins small, doubles while it is answered quickly, and
 * is halved when it is not. If nothing is answered at all although the broker can be reached, the
 * producer is given up, and the next one begins with a quarter and twice the time.
 *
 * <p>So a line of 0.5 Mbit/s makes progress from the first window on, and one of 10 Gbit/s is at
 * its full window after some milliseconds. Kept over connections; used by the sink's thread.
 */
final class Pace {
  private static final long FIRST_BYTES = 256 << 10;
  private static final long LEAST_BYTES = 4 << 10;
  private static final Duration QUICK = Duration.ofMillis(250);
  private static final Duration SLOW = Duration.ofSeconds(2);
  private static final int MOST_PATIENCE = 16;

  private long firstBytes = FIRST_BYTES;
  private int patience = 1;
  private long mostBytes = Long.MAX_VALUE;
  private long window = FIRST_BYTES;
  private long given;

  /**
   * A new producer is used from now on.
   *
   * @param bufferBytes all that it may hold
   */
  void begin(long bufferBytes) {
    mostBytes = Math.max(LEAST_BYTES, bufferBytes);
    window = Math.min(firstBytes, mostBytes);
    given = 0;
  }

  /** How many times the usual time a request may take. */
  int patience() {
    return patience;
  }

  /** More bytes are given to the client; whether the window is full, and has to be answered. */
  boolean isFullWith(long bytes) {
    given += bytes;
    return given >= window;
  }

  /** Everything given so far is answered. */
  void answered(Duration wait) {
    if (given >= window && wait.compareTo(QUICK) < 0) {
      window = Math.min(mostBytes, window * 2);
    } else if (wait.compareTo(SLOW) > 0) {
      window = Math.max(LEAST_BYTES, window / 2);
    }
    given = 0;
  }

  /** Nothing was answered in time, or a transaction took longer than the broker lets it. */
  void stalled() {
    firstBytes = Math.max(LEAST_BYTES, firstBytes / 4);
    patience = Math.min(MOST_PATIENCE, patience * 2);
  }
}
