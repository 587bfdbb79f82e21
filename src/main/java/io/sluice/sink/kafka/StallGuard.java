package io.sluice.sink.kafka;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.Producer;

/**
 * Gives a producer up whose requests are too large for the line: it would send them again for ever.
 * Nothing was answered for long although the broker can be reached, as new connections show; a
 * broker that is merely away is waited for, because the producer repeats nothing then.
 *
 * <p>The sink's thread is in a call that ends only with the producer, so this has a thread of its
 * own.
 */
final class StallGuard {
  private static final String CONNECTIONS = "connection-creation-total";
  private static final int MANY_CONNECTIONS = 3;

  /** The client tries again within a second, so a broker that is there is connected by then. */
  private static final int LOOKS_ALONE = 5;

  private final Producer<byte[], byte[]> producer;
  private final long limitNanos;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "sluice-stall-guard");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean waiting;
  private volatile boolean answered;
  private volatile boolean stalled;
  private volatile int looksAlone;
  private long since = System.nanoTime();
  private double connections;

  /**
   * @param limit how long nothing is answered when requests fail for their size
   */
  StallGuard(Producer<byte[], byte[]> producer, Duration limit) {
    this.producer = producer;
    this.limitNanos = limit.toNanos();
    @SuppressWarnings("unused") // it is stopped as a whole
    var look = timer.scheduleWithFixedDelay(this::look, 1, 1, TimeUnit.SECONDS);
  }

  /** The sink waits for answers, or does so no more. */
  void waiting(boolean now) {
    waiting = now;
  }

  /** The producer has answered for a record. */
  void answered() {
    if (!answered) {
      answered = true;
    }
  }

  /** Whether the producer was given up. */
  boolean isStalled() {
    return stalled;
  }

  /** Whether the producer has a connection, or had one seconds ago. */
  boolean isReachable() {
    return looksAlone < LOOKS_ALONE;
  }

  void stop() {
    timer.shutdownNow();
  }

  private void look() {
    looksAlone = metric("connection-count", 1) > 0 ? 0 : Math.min(looksAlone + 1, LOOKS_ALONE);
    if (answered || !waiting) {
      answered = false;
      since = System.nanoTime();
      connections = metric(CONNECTIONS, 0);
    } else if (System.nanoTime() - since > limitNanos
        && metric(CONNECTIONS, 0) - connections >= MANY_CONNECTIONS) {
      stalled = true;
      timer.shutdown();
      producer.close(Duration.ZERO);
    }
  }

  private double metric(String name, double otherwise) {
    return producer.metrics().entrySet().stream()
        .filter(metric -> metric.getKey().name().equals(name))
        .filter(metric -> metric.getKey().group().equals("producer-metrics"))
        .mapToDouble(metric -> ((Number) metric.getValue().metricValue()).doubleValue())
        .findFirst()
        .orElse(otherwise);
  }
}
