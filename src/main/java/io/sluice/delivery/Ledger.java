package io.sluice.delivery;

import java.util.Collections;
import java.util.Comparator;
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
 * somebody takes it again and delivers it. Where several channels have to deliver the lines, each
 * has an account, and the slowest decides.
 *
 * <p>Thread-safe: sinks write, the source and its counters read. One call per batch, not per event.
 */
public final class Ledger {
  private final String source;
  private volatile FileIdentity file;
  private volatile boolean closed;
  private final long start;
  private final long startAnchor;

  /** One account for each channel that has to deliver the lines. */
  private volatile List<Lane> lanes;

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
    this.lanes = List.of(new Lane(null, start.offset(), start.anchor()));
    this.before = before == null || before.position().offset() >= this.start ? null : before;
  }

  /**
   * The lines go through several channels, each of which has to deliver all of them. Called before
   * the first line is put; calling again changes nothing.
   */
  public synchronized void waitFor(List<?> channels) {
    if (channels.size() > 1 && lanes.get(0).channel == null) {
      lanes = channels.stream().map(channel -> new Lane(channel, start, startAnchor)).toList();
    }
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
    Lane last = Collections.min(lanes, Comparator.comparingLong(lane -> lane.offset));
    return new Position(source, file, last.offset, last.anchor);
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
   * Ends this ledger's epoch: its source was stopped, and the next one reads the lines that are
   * still in the channel again. So a sink drops them; deliveries under way still count. Never
   * called for lines that nobody reads again.
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

  /** Bytes of the lines that were taken and are not delivered yet. */
  public synchronized long outstandingBytes() {
    return lanes.stream().mapToLong(Lane::outstandingBytes).max().orElse(0);
  }

  /** Some of the lines taken are not delivered yet, or will have to be taken again. */
  public synchronized boolean isOutstanding() {
    return lanes.stream().anyMatch(lane -> !lane.outstanding.isEmpty());
  }

  /**
   * Lines from {@code start} to {@code end} are delivered without a sink of ours having seen them:
   * a durable channel has them, or nobody will ever tell.
   */
  public synchronized void delivered(long start, long end, long endAnchor) {
    var range = List.of(new LineRange(start, end, endAnchor, 0));
    lanes.forEach(lane -> lane.delivered(range));
  }

  synchronized void taken(@Nullable Object channel, List<LineRange> ranges) {
    lanesOf(channel).forEach(lane -> lane.taken(ranges));
  }

  synchronized void delivered(@Nullable Object channel, List<LineRange> ranges) {
    lanesOf(channel).forEach(lane -> lane.delivered(ranges));
  }

  /** The only lane, whatever the channel; none for a channel that nobody waits for. */
  private List<Lane> lanesOf(@Nullable Object channel) {
    return lanes.stream()
        .filter(lane -> lane.channel == null || lane.channel.equals(channel))
        .toList();
  }

  /** What the position becomes once {@code ranges}, taken by the only sink, are delivered. */
  synchronized Position positionAfter(List<LineRange> ranges) {
    LineRange last = ranges.get(ranges.size() - 1);
    Position own = own();
    return last.end() > own.offset() ? new Position(source, file, last.end(), last.anchor()) : own;
  }

  /** What the sinks of one channel took and delivered. Guarded by the ledger. */
  private static final class Lane {
    private final @Nullable Object channel;

    /** Taken and not delivered: start to end, without overlaps. */
    private final TreeMap<Long, Long> outstanding = new TreeMap<>();

    /** Delivered ranges the position could not yet move to: end to anchor. */
    private final TreeMap<Long, Long> ahead = new TreeMap<>();

    private long offset;
    private long anchor;

    Lane(@Nullable Object channel, long offset, long anchor) {
      this.channel = channel;
      this.offset = offset;
      this.anchor = anchor;
    }

    long outstandingBytes() {
      return outstanding.entrySet().stream()
          .mapToLong(range -> range.getValue() - range.getKey())
          .sum();
    }

    void taken(List<LineRange> ranges) {
      for (LineRange range : ranges) {
        remove(range);
        if (range.end() > range.start()) {
          outstanding.put(range.start(), range.end());
        }
      }
    }

    void delivered(List<LineRange> ranges) {
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
}
