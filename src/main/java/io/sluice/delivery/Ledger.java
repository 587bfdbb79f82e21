package io.sluice.delivery;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Keeps account of one file's lines between the channel and Kafka: what a sink has taken and not
 * yet delivered. From that follows the {@linkplain #position() position}, which never passes a line
 * that is still to be delivered, never goes back, and stands at the end of the file's lines when
 * all of them are delivered.
 *
 * <p>The channel is first in, first out, and a rollback puts events back at its head. So a line
 * that was never taken comes after all that were, and lines that an interceptor dropped leave no
 * hole that would hold the position back. What was taken and rolled back stays in the account until
 * somebody takes it again and delivers it.
 *
 * <p>Thread-safe: sinks write, the source and its counters read. One call per batch, not per event.
 */
public final class Ledger {
  private final String source;
  private volatile FileIdentity file;
  private volatile boolean closed;

  /** Taken and not delivered: start to end, without overlaps. */
  private final TreeMap<Long, Long> outstanding = new TreeMap<>();

  /** Delivered ranges the position could not yet move to: end to anchor. */
  private final TreeMap<Long, Long> ahead = new TreeMap<>();

  private final long start;
  private final long startAnchor;
  private volatile long offset;
  private long anchor;

  /** The account of the same content before {@link #start}, while not all of that is delivered. */
  private volatile @Nullable Ledger before;

  /** A ledger for a file whose lines before {@code start} are delivered. */
  public Ledger(Position start) {
    this(start, null);
  }

  /**
   * A ledger for a file whose lines before {@code start} are in the account of {@code before}: the
   * same content stood elsewhere, and was read up to there.
   */
  public Ledger(Position start, @Nullable Ledger before) {
    this.source = start.source();
    this.file = start.file();
    this.start = start.offset();
    this.startAnchor = start.anchor();
    this.offset = start.offset();
    this.anchor = start.anchor();
    this.before = before == null || before.position().offset() >= offset ? null : before;
  }

  /**
   * The place up to which everything is delivered: where a reading that starts there misses
   * nothing.
   */
  public Position position() {
    Position own = own();
    Ledger earlier = before;
    if (earlier == null) {
      return own;
    }
    Position old = earlier.position();
    if (old.offset() >= start || (own.offset() > start && !earlier.isOutstanding())) {
      before = null;
      return own;
    }
    return own.at(old);
  }

  private synchronized Position own() {
    return new Position(source, file, offset, anchor);
  }

  /** The place where this account begins. */
  Position start() {
    return new Position(source, file, start, startAnchor);
  }

  /** The file was renamed, or more of its head is known. */
  public void identify(FileIdentity newIdentity) {
    this.file = newIdentity;
  }

  /**
   * Ends this ledger's epoch: its source was stopped or has gone back to an older offset. Lines
   * still in the channel will be read again, so a sink drops them; deliveries under way still
   * count.
   */
  public void close() {
    closed = true;
    Ledger earlier = before;
    if (earlier != null) {
      earlier.close();
    }
  }

  public boolean isClosed() {
    return closed;
  }

  /** Whether the line that ends at {@code end} is delivered already. */
  public boolean isDelivered(long end) {
    return end <= offset;
  }

  /** Bytes of the lines that were taken and are not delivered yet. */
  public synchronized long outstandingBytes() {
    long bytes = 0;
    for (Map.Entry<Long, Long> range : outstanding.entrySet()) {
      bytes += range.getValue() - range.getKey();
    }
    return bytes;
  }

  /** Some of the lines taken are not delivered yet, or will have to be taken again. */
  public synchronized boolean isOutstanding() {
    return !outstanding.isEmpty();
  }

  /**
   * Lines from {@code start} to {@code end} are delivered without a sink of ours having seen them:
   * a durable channel has them, or nobody will ever tell.
   */
  public void delivered(long start, long end, long endAnchor) {
    delivered(List.of(new LineRange(start, end, endAnchor, 0)));
  }

  synchronized void taken(List<LineRange> ranges) {
    for (LineRange range : ranges) {
      remove(range);
      if (range.end() > range.start()) {
        outstanding.put(range.start(), range.end());
      }
    }
  }

  synchronized void delivered(List<LineRange> ranges) {
    for (LineRange range : ranges) {
      remove(range);
      ahead.put(range.end(), range.anchor());
    }
    long limit = outstanding.isEmpty() ? Long.MAX_VALUE : outstanding.firstKey();
    while (!ahead.isEmpty() && ahead.firstKey() <= limit) {
      Map.Entry<Long, Long> next = ahead.pollFirstEntry();
      if (next.getKey() > offset) {
        offset = next.getKey();
        anchor = next.getValue();
      }
    }
  }

  /** What the position becomes once {@code ranges}, taken by the only sink, are delivered. */
  synchronized Position positionAfter(List<LineRange> ranges) {
    LineRange last = ranges.get(ranges.size() - 1);
    return last.end() > offset ? new Position(source, file, last.end(), last.anchor()) : own();
  }

  /** Cuts the range's offsets out of what is outstanding. */
  private void remove(LineRange range) {
    Map.Entry<Long, Long> before = outstanding.lowerEntry(range.end());
    while (before != null && before.getValue() > range.start()) {
      outstanding.remove(before.getKey());
      if (before.getValue() > range.end()) {
        outstanding.put(range.end(), before.getValue());
      }
      if (before.getKey() < range.start()) {
        outstanding.put(before.getKey(), range.start());
      }
      before = outstanding.lowerEntry(range.end());
    }
  }
}
