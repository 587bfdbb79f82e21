package io.sluice.source;

import java.util.concurrent.TimeUnit;

/**
 * Lets one message pass at once, then one a minute with the number of those held back. Used by one
 * thread.
 */
final class RepeatLimiter {
  private static final long INTERVAL = TimeUnit.MINUTES.toNanos(1);

  private final Time time;
  private boolean spoken;
  private long lastNanos;
  private long suppressed;

  RepeatLimiter(Time time) {
    this.time = time;
  }

  /** Whether to speak now; if not, the message is counted. */
  boolean allows() {
    long now = time.nanos();
    if (spoken && now - lastNanos < INTERVAL) {
      suppressed++;
      return false;
    }
    spoken = true;
    lastNanos = now;
    return true;
  }

  /** What to append to a message that may pass; starts the count again. */
  String suppressed() {
    long count = suppressed;
    suppressed = 0;
    return count == 0 ? "" : " (and " + count + " more like this)";
  }
}
