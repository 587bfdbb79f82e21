package io.sluice.delivery;

import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Steps of the delivery protocol between which a test can kill the process, as {@code kill -9}
 * would: {@code -Dsluice.crashAt=<step>:<n>} halts when the step is reached for the n-th time.
 * Without that property a call costs nothing.
 */
public enum CrashPoint {
  BEFORE_BEGIN,
  AFTER_SEND,
  BEFORE_COMMIT,
  AFTER_COMMIT,
  BEFORE_LEDGER;

  private static final @Nullable String WANTED = System.getProperty("sluice.crashAt");
  private static final int KILLED = 137;

  private static final AtomicInteger REACHED = new AtomicInteger();

  /** Halts the process if this is where the test wants it. Thread-safe. */
  public void pass() {
    if (WANTED != null && WANTED.startsWith(name() + ":")) {
      if (WANTED.equals(name() + ":" + REACHED.incrementAndGet())) {
        Runtime.getRuntime().halt(KILLED);
      }
    }
  }
}
