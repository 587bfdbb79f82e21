package io.sluice.validate;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Tells when too many of the latest lines are invalid.
 *
 * <p>A sliding window: it starts at the latest of some 60 marks that is a window's length old, or
 * at the first line. With fewer lines than the minimum in it, the alarm stays as it is. Not
 * thread-safe, but for {@link #isRaised} and {@link #ratio}.
 */
final class QualityAlarm {
  private static final int MARKS = 60;

  private final double maxInvalidRatio;
  private final long windowNanos;
  private final long minimum;
  private final Deque<Mark> marks = new ArrayDeque<>();
  private volatile boolean raised;
  private volatile double ratio;

  /** The counts at one time. */
  private record Mark(long nanos, long judged, long invalid) {}

  /** What a look at the counts has changed. */
  enum Change {
    NONE,
    RAISED,
    CLEARED
  }

  /**
   * @param maxInvalidRatio a greater share of invalid lines raises the alarm
   * @param minimum fewest lines in the window that say anything
   * @param nanos the time now
   */
  QualityAlarm(double maxInvalidRatio, Duration window, long minimum, long nanos) {
    this.maxInvalidRatio = maxInvalidRatio;
    this.windowNanos = window.toNanos();
    this.minimum = minimum;
    marks.add(new Mark(nanos, 0, 0));
  }

  /** Looks at the counts, which only grow, at a time that only grows. */
  Change check(long nanos, long judged, long invalid) {
    if (nanos - marks.getLast().nanos() >= windowNanos / MARKS) {
      marks.add(new Mark(nanos, judged, invalid));
    }
    Mark start = marks.removeFirst();
    while (!marks.isEmpty() && nanos - marks.getFirst().nanos() >= windowNanos) {
      start = marks.removeFirst();
    }
    marks.addFirst(start);
    long lines = judged - start.judged();
    if (lines < minimum) {
      return Change.NONE;
    }
    ratio = (double) (invalid - start.invalid()) / lines;
    boolean before = raised;
    raised = ratio > maxInvalidRatio;
    if (raised == before) {
      return Change.NONE;
    }
    return raised ? Change.RAISED : Change.CLEARED;
  }

  boolean isRaised() {
    return raised;
  }

  /**
   * The share of invalid lines in the last window that held enough lines; 0 before there was one.
   */
  double ratio() {
    return ratio;
  }
}
