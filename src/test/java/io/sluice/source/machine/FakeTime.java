package io.sluice.source.machine;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Time that passes only when told; the stamps of the file system stay real. */
public final class FakeTime implements Time {
  private static final long START_MILLIS = 1_700_000_000_000L;

  private long nanos = 1;
  private boolean apart;

  /** The calendar moves with this clock too, so that files must be stamped by it. */
  public void leaveRealTime() {
    apart = true;
  }

  public void pass(Duration span) {
    nanos += span.toNanos();
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long epochMillis() {
    return apart ? START_MILLIS + TimeUnit.NANOSECONDS.toMillis(nanos) : System.currentTimeMillis();
  }

  @Override
  public void sleep(long millis) {
    nanos += TimeUnit.MILLISECONDS.toNanos(millis);
  }
}
