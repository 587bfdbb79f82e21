package io.sluice.sink.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Counts the answers to a batch's records; one callback for all of them.
 *
 * <p>Made and used by the sink's thread, answered by the producer's.
 */
final class Acks implements Callback {
  private static final long LOOK_NANOS = 1_000_000;
  private static final int NONE = -1;

  private final StallGuard guard;
  private final Thread sender = Thread.currentThread();
  private final AtomicInteger answered = new AtomicInteger();
  private volatile @Nullable Exception firstError;
  private @Nullable Exception refusal;
  private volatile int awaited = NONE;
  private int sent;

  Acks(StallGuard guard) {
    this.guard = guard;
  }

  /** One more record is sent; the callback to send it with. */
  Callback sending() {
    sent++;
    return this;
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
    } else {
      guard.answered();
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
