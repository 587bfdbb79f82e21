package io.sluice.monitoring;

import io.sluice.validate.Verdict.Invalid;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Keeps some of the latest invalid lines for people to look at: at most twenty new ones in each
 * fifth of a second, however many there are.
 *
 * <p>What it costs: {@link #tick} a look at the clock for each batch, {@link #hasRoom} a volatile
 * read, and the rest only for those that are kept. Thread-safe.
 */
public final class InvalidLines {
  static final int MOST_IN_A_PERIOD = 20;
  private static final long PERIOD_NANOS = Duration.ofMillis(200).toNanos();

  private final int capacity;
  private final boolean masked;
  private final LongSupplier nanoTime;
  private final Deque<Line> lines = new ArrayDeque<>();
  private volatile long nextPeriod;
  private volatile int room;

  private record Line(
      long timeMillis,
      String rule,
      String reason,
      String value,
      String range,
      String file,
      long offset)
      implements InvalidLine {
    @Override
    public long getTimeMillis() {
      return timeMillis;
    }

    @Override
    public String getRule() {
      return rule;
    }

    @Override
    public String getReason() {
      return reason;
    }

    @Override
    public String getValue() {
      return value;
    }

    @Override
    public String getRange() {
      return range;
    }

    @Override
    public String getFile() {
      return file;
    }

    @Override
    public long getOffset() {
      return offset;
    }

    boolean isOfSamePlace(String otherFile, long otherOffset) {
      return otherOffset >= 0 && offset == otherOffset && file.equals(otherFile);
    }
  }

  /**
   * @param capacity most lines kept; 0 keeps none
   * @param masked whether only the shape of values is kept
   */
  public InvalidLines(int capacity, boolean masked) {
    this(capacity, masked, System::nanoTime);
  }

  InvalidLines(int capacity, boolean masked, LongSupplier nanoTime) {
    this.capacity = capacity;
    this.masked = masked;
    this.nanoTime = nanoTime;
    this.nextPeriod = nanoTime.getAsLong();
  }

  /** Keeps nothing. */
  public static InvalidLines none() {
    return new InvalidLines(0, true);
  }

  /** Another batch begins. */
  public void tick() {
    long now = nanoTime.getAsLong();
    if (capacity > 0 && now - nextPeriod >= 0) {
      nextPeriod = now + PERIOD_NANOS;
      room = Math.min(capacity, MOST_IN_A_PERIOD);
    }
  }

  /** Whether one more line is wanted now. */
  public boolean hasRoom() {
    return room > 0;
  }

  /**
   * Keeps a line, unless the same place of the same file is kept already, as when a batch is
   * offered again.
   *
   * @param file empty if unknown
   * @param offset negative if unknown
   */
  public synchronized void add(Invalid verdict, String file, long offset, long timeMillis) {
    for (Line kept : lines) {
      if (kept.isOfSamePlace(file, offset)) {
        return;
      }
    }
    room = Math.max(0, room - 1);
    if (lines.size() == capacity) {
      lines.removeLast();
    }
    String value = masked ? mask(verdict.value()) : verdict.value();
    lines.addFirst(
        new Line(
            timeMillis,
            verdict.rule(),
            verdict.reason().name(),
            value,
            verdict.range(),
            file,
            offset));
  }

  /** The newest first. */
  synchronized List<InvalidLine> list() {
    return new ArrayList<>(lines);
  }

  /** The shape of a text: 0 for each digit, x for all else but the signs that numbers have. */
  private static String mask(String value) {
    var shape = new StringBuilder(value.length());
    value
        .codePoints()
        .map(c -> Character.isDigit(c) ? '0' : "+-.,".indexOf(c) >= 0 ? c : 'x')
        .forEach(shape::appendCodePoint);
    return shape.toString();
  }
}
