package io.sluice.sink;

import io.sluice.delivery.Pairing;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.jspecify.annotations.Nullable;

/**
 * What a batch takes out of the channel, and gives back if it is not delivered.
 *
 * <p>A batch is not bound to one channel transaction. What a memory channel holds is lost with the
 * process whether it was taken or not, so nothing is gained by holding its transaction open until
 * Kafka has the batch; and much is lost, because the source has no room in the meantime. So the
 * transaction is committed when it is full, and what has to be given back after that is left with
 * the {@link Pairing}, to be taken before anything else. A channel that survives the process is
 * only committed with the whole batch.
 *
 * <p>Used by the sink's thread only.
 */
final class ChannelReader {
  /** How long a source that found the channel full may take to put the next lines. */
  private static final int PATIENCE_TRIES = 20;

  private static final long PATIENCE_NANOS = 50_000;

  private final Channel channel;
  private final Pairing pairing;
  private final ChannelGauge gauge;
  private final int capacity;

  /** Taken out of the channel for good. */
  private final List<Event> kept = new ArrayList<>();

  /** Taken in the open transaction. */
  private final List<Event> taken = new ArrayList<>();

  private @Nullable Transaction transaction;
  private boolean maybeReturned;

  /**
   * @param capacity most events that the channel gives in one transaction
   */
  ChannelReader(Channel channel, int capacity) {
    this.channel = channel;
    this.pairing = Pairing.of(channel);
    this.gauge = ChannelGauge.of(channel);
    this.capacity = capacity;
  }

  /** Most events of a batch. */
  int most(int batchSize) {
    return pairing.isAcknowledging() ? batchSize : Math.min(batchSize, capacity);
  }

  /** Whether the next batch would find something. */
  boolean hasEvents() {
    return pairing.hasReturned() || gauge.size() > 0;
  }

  /** A batch begins. */
  void begin() {
    maybeReturned = true;
    open();
  }

  private void open() {
    Transaction next = channel.getTransaction();
    next.begin();
    transaction = next;
    taken.clear();
    gauge.begin();
  }

  /** The next event; null if the channel stayed empty for its keep-alive time. */
  @Nullable Event take() {
    if (maybeReturned) {
      Event returned = pairing.takeReturned();
      maybeReturned = returned != null && pairing.hasReturned();
      if (returned != null) {
        kept.add(returned);
        return returned;
      }
    }
    if (taken.size() >= capacity) {
      turnOver();
    }
    Event event = channel.take();
    if (event != null) {
      taken.add(event);
    }
    return event;
  }

  /** How many events of the batch the channel no longer holds. */
  int keptCount() {
    return kept.size();
  }

  /** Whether there is another event at hand. */
  boolean hasMore() {
    return maybeReturned || gauge.hasMoreThan(taken.size()) || (gauge.wasFull() && refills());
  }

  /** Makes room in a channel that was full; whether the source has filled it again at once. */
  private boolean refills() {
    if (!pairing.isAcknowledging()) {
      return false;
    }
    turnOver();
    for (int i = 0; i < PATIENCE_TRIES && !gauge.hasMoreThan(0); i++) {
      LockSupport.parkNanos(PATIENCE_NANOS);
    }
    return gauge.hasMoreThan(0);
  }

  private void turnOver() {
    commitChannel();
    open();
  }

  /** The channel forgets what was taken: the batch is delivered, or kept here meanwhile. */
  void commitChannel() {
    if (transaction != null) {
      commit();
      kept.addAll(taken);
      taken.clear();
    }
  }

  /** The batch is delivered. */
  void delivered() {
    kept.clear();
  }

  /** The batch's events that the channel no longer has, which are the caller's then. */
  List<Event> takeKept() {
    List<Event> events = List.copyOf(kept);
    kept.clear();
    return events;
  }

  /** The batch is not delivered: its events are taken again before any other. */
  void giveBack() {
    pairing.giveBack(kept);
    kept.clear();
    Transaction open = transaction;
    if (open != null) {
      transaction = null;
      try {
        open.rollback();
      } finally {
        open.close();
      }
    }
  }

  private void commit() {
    Transaction open = transaction;
    if (open == null) {
      throw new IllegalStateException("no batch has begun");
    }
    open.commit();
    open.close();
    transaction = null;
  }
}
