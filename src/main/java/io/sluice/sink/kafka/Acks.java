package io.sluice.sink.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Counts the answers to a batch's records; one callback for all of them, unless it has to be known
 * which record failed first.
 *
 * <p>That matters in transactions. There the first failure takes all records down that are not sent
 * yet, and the client gives each of them the same error, so only the order tells the culprit from
 * its victims. A refusal by the client itself comes back on the sending thread, and is exact
 * anyway.
 *
 * <p>Made and used by the sink's thread, answered by the producer's.
 */
final class Acks implements Callback {
  private static final long LOOK_NANOS = 1_000_000;
  private static final int NONE = -1;

  private final Thread sender = Thread.currentThread();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger firstFailed = new AtomicInteger(NONE);
  private volatile @Nullable Exception firstError;
  private @Nullable Exception refusal;
  private volatile int awaited = NONE;
  private int sent;

  /** One more record is sent; the callback to send it with. */
  Callback sending() {
    sent++;
    return this;
  }

  /** The same for record number {@code index}, if {@link #firstFailed()} shall tell of it. */
  Callback sending(int index) {
    sent++;
    return (metadata, error) -> {
      if (error != null) {
        firstFailed.compareAndSet(NONE, index);
      }
      onCompletion(metadata, error);
    };
  }

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception error) {
    if (error != null) {
      if (firstError == null) {
        firstError = error;
      }
      if (Thread.currentThread() == sender) {
        refusal = error;
      }
    }
    if (answered.incrementAndGet() == awaited) {
      LockSupport.unpark(sender);
    }
  }

  /** The error with which the client refused the record sent just now; null if it took it. */
  @Nullable Exception takeRefusal() {
    Exception error = refusal;
    refusal = null;
    return error;
  }

  /** The first error that came back, or null. */
  @Nullable Exception firstError() {
    return firstError;
  }

  /** Number of the record that failed first, or a negative number. */
  int firstFailed() {
    return firstFailed.get();
  }

  /** Waits at most {@code patience} for all answers, deaf to interrupts; whether they came. */
  boolean await(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    awaited = sent;
    while (!areComplete() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return areComplete();
  }

  /** Whether every record has its answer. */
  boolean areComplete() {
    return answered.get() >= sent;
  }
}
