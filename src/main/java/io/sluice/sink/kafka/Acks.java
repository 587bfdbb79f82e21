package io.sluice.sink.kafka;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Counts the answers to a batch's records; one object for all of them. Which record an error
 * belongs to is looked up among the futures, only when there is one.
 *
 * <p>Sent by the sink's thread, answered by the producer's.
 */
final class Acks implements Callback {
  private static final long LOOK_NANOS = 1_000_000;

  private final AtomicInteger answered = new AtomicInteger();
  private volatile @Nullable Exception firstError;
  private int sent;

  void sending() {
    sent++;
  }

  @Override
  public void onCompletion(@Nullable RecordMetadata metadata, @Nullable Exception error) {
    if (error != null && firstError == null) {
      firstError = error;
    }
    answered.incrementAndGet();
  }

  /** The first error that came back, or null. */
  @Nullable Exception firstError() {
    return firstError;
  }

  /** Waits at most {@code patience} for all answers, deaf to interrupts; whether they came. */
  boolean await(Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (answered.get() < sent && System.nanoTime() < deadline) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return answered.get() >= sent;
  }
}
