package io.sluice.sink;

import io.sluice.delivery.BatchAccount;
import io.sluice.delivery.CrashPoint;
import io.sluice.delivery.Pairing;
import io.sluice.delivery.Position;
import io.sluice.event.LogEvent;
import io.sluice.event.Tracked;
import io.sluice.sink.SinkMetrics.Count;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/**
 * Takes a batch out of the channel and into the shipper. A batch ends when it is full by count or
 * bytes, when its time is up, or when the channel is empty: no line waits for those to come.
 *
 * <p>Used by the sink's thread only.
 */
final class SinkBatch {
  /** How many events pass between two looks at the clock, unless they are large. */
  private static final int CLOCK_MASK = 0xF;

  private static final int LARGE_BYTES = 4 << 10;

  /** Keeps the sink from spinning on a channel that does not wait for events itself. */
  private static final long EMPTY_PAUSE_NANOS = 2_000_000;

  /** Lines that come now and then, for which it is not worth waiting for others. */
  private static final int FEW = 50;

  private final ChannelReader reader;
  private final int maxEvents;
  private final long maxBytes;
  private final long maxHeapBytes;
  private final long maxNanos;
  private final SinkMetrics metrics;
  private final SinkState state;
  private final ReentrantLock taking;
  private final BatchAccount account;
  private final Pairing pairing;
  private final BatchLimit limit;
  private String name = "";
  private boolean inDoubt;
  private int unknown;
  private int events;
  private long bytes;
  private int stale;
  private long readNanos;
  private boolean full;
  private Shipper.@Nullable Batch shipped;

  SinkBatch(
      SinkConfig config,
      Channel channel,
      int transactionCapacity,
      BatchLimit limit,
      SinkMetrics metrics,
      SinkState state) {
    this.reader = new ChannelReader(channel, transactionCapacity);
    this.maxEvents = reader.most(config.batchSize());
    this.limit = limit;
    this.maxBytes = config.batchBytes();
    this.maxHeapBytes = HeapBudget.batchBytes(Runtime.getRuntime().maxMemory());
    this.maxNanos = config.batchDuration().toNanos();
    this.metrics = metrics;
    this.state = state;
    this.pairing = Pairing.of(channel);
    this.taking = pairing.taking();
    this.account = new BatchAccount(pairing, config.isExactlyOnce());
  }

  /**
   * Fills a new batch; leaves it empty if the channel stayed empty for its keep-alive time.
   *
   * @param newName that no other batch has
   */
  void fill(Shipper.Batch batch, String newName) throws DeliveryException, InterruptedException {
    shipped = batch;
    name = newName;
    inDoubt = false;
    unknown = 0;
    full = true;
    account.clear();
    events = 0;
    bytes = 0;
    stale = 0;
    CrashPoint.BEFORE_BEGIN.pass();
    taking.lockInterruptibly();
    try {
      reader.begin();
      takeAll(batch);
    } finally {
      account.taken(); // what is rolled back now is still to be delivered
      taking.unlock();
      state.taken(this, events, reader.keptCount(), readNanos);
    }
    metrics.add(Count.STALE_EVENTS, stale);
    metrics.addToEventDrainAttemptCount(events);
  }

  private void takeAll(Shipper.Batch batch) throws DeliveryException, InterruptedException {
    long begin = 0;
    while (hasRoom()) {
      Event event = reader.take();
      if (event == null) {
        full = false;
        account.drained();
        LockSupport.parkNanos(events + stale == 0 ? EMPTY_PAUSE_NANOS : 0);
        return;
      }
      if (!enter(event)) {
        stale++;
      } else {
        if (events++ == 0) {
          begin = System.nanoTime();
          readNanos = event instanceof LogEvent line ? line.readNanos() : begin;
        }
        bytes += event.getBody().length;
        batch.ship(event);
      }
      boolean timeUp =
          events > 0
              && ((events & CLOCK_MASK) == 0 || event.getBody().length > LARGE_BYTES)
              && System.nanoTime() - begin > maxNanos;
      full = reader.hasMore();
      if (timeUp || !full) {
        return;
      }
    }
  }

  private boolean hasRoom() {
    return events < limit.events()
        && events + stale < maxEvents
        && bytes < maxBytes
        && heapBytes() < maxHeapBytes;
  }

  /** How many of its events do not say where they come from. */
  int unknownCount() {
    return unknown;
  }

  /** Enters the event into the batch; false if it is stale and must not be shipped. */
  private boolean enter(Event event) {
    if (event instanceof Tracked tracked) {
      if (tracked.isStale()) {
        return false;
      }
      tracked.addTo(account);
    } else {
      unknown++;
    }
    return true;
  }

  /** Whether there is nothing to wait for: no event, and no position to commit without one. */
  boolean isEmpty() {
    return events == 0 && !account.hasAnnounced();
  }

  int size() {
    return events;
  }

  /** The part that the batch takes of the heap that it may take. */
  double heapShare() {
    return heapBytes() / (double) maxHeapBytes;
  }

  private long heapBytes() {
    return HeapBudget.bytes(events, bytes);
  }

  /** Whether it holds so many lines that others are likely to follow. */
  boolean hasCompany() {
    return full || events > FEW;
  }

  /** Whether there is something to fill it with. */
  boolean hasEvents() {
    return reader.hasEvents();
  }

  /** Whether Kafka has answered for every record, or does so within {@code patience}. */
  boolean isAnswered(Duration patience) throws InterruptedException {
    return shipped == null || shipped.await(patience);
  }

  /** The batch is on its way, and another one may be filled. */
  void sent() {
    reader.commitChannel();
    state.left(this);
  }

  /**
   * Delivers the batch. The order is the promise: docs/guarantees.md says what a crash between two
   * lines costs.
   *
   * @return false if Kafka refused a record for good; then the events are taken again, fewer at
   *     once
   */
  boolean commit() throws DeliveryException, InterruptedException {
    Shipper.Batch batch = shipped;
    if (batch != null && !isEmpty()) {
      List<Position> positions = account.positionsAfter();
      CrashPoint.AFTER_SEND.pass();
      if (!batch.finish(positions, name)) { // all handed over and answered, or nothing counts
        limit.refused(events);
        giveBack();
        return false;
      }
      CrashPoint.BEFORE_COMMIT.pass();
      inDoubt = true;
      batch.commit(); // records and positions at once, if in a transaction
      inDoubt = false;
    }
    CrashPoint.AFTER_COMMIT.pass();
    reader.commitChannel(); // only now may the channel forget
    CrashPoint.BEFORE_LEDGER.pass();
    delivered(); // only now may a position move
    return true;
  }

  /** Kafka has the batch, and the channel has forgotten it. */
  private void delivered() {
    shipped = null;
    reader.delivered();
    account.delivered();
    limit.delivered(events);
    state.delivered(this);
    metrics.delivered(events, maxEvents);
    metrics.add(Count.BODY_BYTES, bytes);
  }

  /** The connection is closed: what is on its way now will never be answered. */
  void abandon() {
    if (inDoubt) {
      inDoubt = false;
      shipped = null;
      reader.commitChannel();
      pairing.leaveInDoubt(name, reader.takeKept(), this::delivered);
      state.givenBack(this);
    } else if (shipped != null && shipped.abandon()) {
      reader.commitChannel();
      delivered();
    } else {
      giveBack();
    }
  }

  /** The batch is not delivered: its events are taken again before any other. */
  private void giveBack() {
    shipped = null;
    reader.giveBack();
    state.givenBack(this);
  }
}
