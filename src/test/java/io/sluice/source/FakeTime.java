package io.sluice.source;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time that passes only when told; the stamps of the file system stay real. */
final class FakeTime implements Time {
  private long nanos = 1;

  void pass(Duration span) {
    nanos += span.toNanos();
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return System.currentTimeMillis();
  }

  @Override
  public void sleep(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
