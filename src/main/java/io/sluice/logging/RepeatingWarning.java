package io.sluice.logging;

import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;

/**
 * A warning about something that may last for hours: logged at once, then once a minute with the
 * number of times it was held back.
 *
 * <p>Thread-safe.
 */
public final class RepeatingWarning {
  private static final long INTERVAL_NANOS = Duration.ofMinutes(1).toNanos();

  private final Logger log;
  private final LongSupplier nanoTime;
  private boolean said;
  private long lastSaid;
  private long suppressed;

  public RepeatingWarning(Logger log) {
    this(log, System::nanoTime);
  }

  /**
   * For tests, and for those who keep their own time.
   *
   * @param nanoTime as {@link System#nanoTime}
   */
  public RepeatingWarning(Logger log, LongSupplier nanoTime) {
    this.log = log;
    this.nanoTime = nanoTime;
  }

  /** Logs {@code message}, in one line, unless a warning was logged here within the last minute. */
  public void warn(String message) {
    warn(() -> message);
  }

  /** The same for a message that is made only if it is logged. */
  public synchronized void warn(Supplier<String> message) {
    long now = nanoTime.getAsLong();
    if (said && now - lastSaid < INTERVAL_NANOS) {
      suppressed++;
      return;
    }
    log.warn(
        "{}{}",
        Shown.of(message.get()),
        suppressed == 0 ? "" : " (" + suppressed + " more since the last)");
    said = true;
    lastSaid = now;
    suppressed = 0;
  }

  /** The trouble is over: the next warning is said at once. Whether one was said since. */
  public synchronized boolean reset() {
    boolean wasSaid = said;
    said = false;
    suppressed = 0;
    return wasSaid;
  }
}
