package io.sluice.demo;

import io.sluice.it.Pipeline;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/** Lets the log grow and watches its lines arrive. */
final class Shipping {
  private static final Duration TICK = Duration.ofMillis(200);

  /** This long without a single new record, and the demo gives up. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Pipeline pipeline;
  private final Arrivals arrivals;
  private final GrowingLog log;
  private final Report report;

  Shipping(Pipeline pipeline, Arrivals arrivals, GrowingLog log, Report report) {
    this.pipeline = pipeline;
    this.arrivals = arrivals;
    this.log = log;
    this.report = report;
  }

  /** Whether as many lines arrived as were written; if not, it was said why. */
  boolean run() throws IOException {
    long count = 0;
    long changed = System.nanoTime();
    while (!isDone()) {
      log.grow();
      LockSupport.parkNanos(TICK.toNanos());
      arrivals.read();
      report.progress(arrivals);
      long newCount = arrivals.raw() + arrivals.valid() + arrivals.invalid();
      if (newCount != count) {
        count = newCount;
        changed = System.nanoTime();
      }
      if (hasFailed(System.nanoTime() - changed)) {
        return false;
      }
    }
    return true;
  }

  private boolean isDone() {
    return log.isComplete()
        && arrivals.raw() >= arrivals.written()
        && arrivals.valid() + arrivals.invalid() >= arrivals.written();
  }

  private boolean hasFailed(long idleNanos) {
    String agentLog = pipeline.agent().log();
    if (agentLog.contains("nothing will be shipped")) {
      System.err.println("demo: the agent refused its configuration:");
      agentLog
          .lines()
          .dropWhile(line -> !line.contains(" ERROR "))
          .takeWhile(line -> !line.startsWith("\tat "))
          .forEach(System.err::println);
      return true;
    }
    if (!pipeline.agent().process().isAlive()) {
      System.err.println("demo: the agent is gone");
      return true;
    }
    if (idleNanos > PATIENCE.toNanos()) {
      System.err.println("demo: nothing has arrived for " + PATIENCE.toSeconds() + " s");
      return true;
    }
    return false;
  }
}
