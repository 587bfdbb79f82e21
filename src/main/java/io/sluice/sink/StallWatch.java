package io.sluice.sink;

import io.sluice.logging.RepeatingWarning;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.LoggerFactory;

/**
 * Says so when a batch waits for Kafka unusually long. The Kafka client itself keeps trying without
 * a word, for as long as it takes.
 */
final class StallWatch {
  private static final long NEVER = Long.MAX_VALUE;
  private static final long PERIOD_SECONDS = 10;

  private final String sink;
  private final RepeatingWarning warning =
      new RepeatingWarning(LoggerFactory.getLogger(StallWatch.class));
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "sluice-stall-watch");
            thread.setDaemon(true);
            return thread;
          });
  private volatile long waitingSince = NEVER;

  private StallWatch(String sink) {
    this.sink = sink;
  }

  static StallWatch start(String sink) {
    var watch = new StallWatch(sink);
    @SuppressWarnings("unused") // it is stopped as a whole
    var look =
        watch.timer.scheduleWithFixedDelay(
            watch::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
    return watch;
  }

  void waiting() {
    waitingSince = System.nanoTime();
  }

  /** The wait is over; how long it was, in milliseconds. */
  long done() {
    long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - waitingSince);
    waitingSince = NEVER;
    return millis;
  }

  /** How long the present wait has lasted; 0 if there is none. Safe to call from any thread. */
  long waitingMillis() {
    long since = waitingSince;
    return since == NEVER ? 0 : TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - since);
  }

  void stop() {
    timer.shutdownNow();
  }

  private void look() {
    long since = waitingSince;
    if (since == NEVER) {
      return;
    }
    long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - since);
    if (seconds >= PERIOD_SECONDS) {
      warning.warn(
          "sink '%s': waiting for Kafka to acknowledge a batch for %d s; nothing is lost, the"
                  .formatted(sink, seconds)
              + " source waits too");
    }
  }
}
