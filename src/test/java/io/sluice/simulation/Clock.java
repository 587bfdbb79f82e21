package io.sluice.simulation;

import java.util.concurrent.TimeUnit;

/** The time of a simulated world, and what the agent's calendar makes of it. */
final class Clock {
  private static final long START_MILLIS = 1_700_000_000_000L;

  private long nanos = 1;
  private long skewMillis;

  long nanos() {
    return nanos;
  }

  void pass(long span) {
    nanos += span;
  }

  /** True time, as brokers have it. */
  long millis() {
    return START_MILLIS + TimeUnit.NANOSECONDS.toMillis(nanos);
  }

  /** What the agent's machine takes for the time; files are stamped with it too. */
  long agentMillis() {
    return millis() + skewMillis;
  }

  /** Somebody sets the agent's clock. */
  void skew(long millis) {
    skewMillis = millis;
  }

  long skew() {
    return skewMillis;
  }
}
