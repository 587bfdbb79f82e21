package io.sluice.http;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A bound on requests in a second: a bucket that holds one second's worth and is filled all the
 * time. Thread-safe.
 */
public final class RateLimit {
  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

  private final double perSecond;
  private final LongSupplier nanoTime;
  private double left;
  private long filledAt;

  /**
   * @param perSecond empty for no bound
   * @param nanoTime as {@link System#nanoTime}
   */
  public RateLimit(Optional<Integer> perSecond, LongSupplier nanoTime) {
    this.perSecond = perSecond.map(Integer::doubleValue).orElse(Double.POSITIVE_INFINITY);
    this.nanoTime = nanoTime;
    this.left = this.perSecond;
    this.filledAt = nanoTime.getAsLong();
  }

  /** Whether one more request may pass now. */
  public boolean passes() {
    return Double.isInfinite(perSecond) || takeOne();
  }

  private synchronized boolean takeOne() {
    long now = nanoTime.getAsLong();
    left = Math.min(perSecond, left + (now - filledAt) / NANOS * perSecond);
    filledAt = now;
    if (left < 1) {
      return false;
    }
    left--;
    return true;
  }
}
