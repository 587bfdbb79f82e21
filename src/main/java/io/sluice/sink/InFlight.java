package io.sluice.sink;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.function.Supplier;

/**
 * The batches that are sent and not yet answered for, the oldest first, and those to be filled
 * again. They hold up to four full batches' events, and no more heap than one batch may take.
 *
 * <p>Used by the sink's thread only.
 */
final class InFlight {
  private static final int MAX_BATCHES = 64;
  private static final int MAX_FULL_BATCHES = 4;

  private final long maxEvents;
  private final Supplier<SinkBatch> factory;
  private final Deque<SinkBatch> batches = new ArrayDeque<>();
  private final Deque<SinkBatch> spares = new ArrayDeque<>();

  InFlight(SinkConfig config, Supplier<SinkBatch> factory) {
    this.maxEvents = (long) MAX_FULL_BATCHES * config.batchSize();
    this.factory = factory;
  }

  /** A batch to be filled. */
  SinkBatch spare() {
    return spares.isEmpty() ? factory.get() : spares.pop();
  }

  void add(SinkBatch batch) {
    batches.addLast(batch);
  }

  boolean isEmpty() {
    return batches.isEmpty();
  }

  /** Whether no other may be sent before the oldest is answered for. */
  boolean isFull() {
    if (batches.size() >= MAX_BATCHES) {
      return true;
    }
    long events = 0;
    double heap = 0;
    for (SinkBatch batch : batches) {
      events += batch.size();
      heap += batch.heapShare();
    }
    return events >= maxEvents || heap >= 1;
  }

  /** Whether Kafka has answered for the oldest, or does so within {@code patience}. */
  boolean isAnswered(Duration patience) throws InterruptedException {
    return !batches.isEmpty() && batches.getFirst().isAnswered(patience);
  }

  /**
   * @throws NoSuchElementException if there is none
   */
  SinkBatch oldest() {
    return batches.getFirst();
  }

  void removeOldest() {
    spares.push(batches.removeFirst());
  }

  /** The connection is closed: what can be told is told, the rest is given back. */
  void abandon() {
    while (!batches.isEmpty()) {
      SinkBatch newest = batches.removeLast();
      newest.abandon();
      spares.push(newest);
    }
  }
}
