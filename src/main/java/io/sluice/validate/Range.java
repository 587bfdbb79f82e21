package io.sluice.validate;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A union of intervals of decimals. Immutable and thread-safe.
 *
 * <p>Judging allocates nothing: numbers with the same count of decimals compare like the whole
 * numbers that remain without the point, so for each count of decimals from 0 to 18 the intervals
 * are kept as whole numbers.
 */
public final class Range {
  private final List<Interval> intervals;
  private final String text;

  /** For each count of decimals the least and the greatest whole number of each interval. */
  private final long[][] wholes = new long[DecimalText.MAX_FAST_DIGITS + 1][];

  /**
   * @param intervals at least one, ascending, none touching the next
   */
  Range(List<Interval> intervals) {
    this.intervals = List.copyOf(intervals);
    this.text = intervals.stream().map(Interval::toString).collect(Collectors.joining(" "));
    for (int scale = 0; scale < wholes.length; scale++) {
      long[] ends = new long[2 * intervals.size()];
      for (int i = 0; i < intervals.size(); i++) {
        ends[2 * i] = intervals.get(i).leastAt(scale);
        ends[2 * i + 1] = intervals.get(i).greatestAt(scale);
      }
      wholes[scale] = ends;
    }
  }

  /**
   * Reads intervals in mathematical notation, such as {@code [10,20]} or {@code [0,100) (200,)}.
   *
   * @throws IllegalArgumentException whose message gives the position of the mistake and names it
   */
  public static Range parse(String text) {
    return new Range(new RangeText(text).intervals());
  }

  /** What is wrong with {@code unscaled / 10^scale}, if anything; at most 18 digits and decimals */
  @Nullable Reason judge(long unscaled, int scale) {
    long[] ends = wholes[scale];
    for (int i = 0; i < ends.length; i += 2) {
      if (unscaled < ends[i]) {
        return i == 0 ? Reason.BELOW : Reason.GAP;
      }
      if (unscaled <= ends[i + 1]) {
        return null;
      }
    }
    return Reason.ABOVE;
  }

  @Nullable Reason judge(Significand number) {
    for (int i = 0; i < intervals.size(); i++) {
      Interval interval = intervals.get(i);
      if (interval.isAbove(number)) {
        return i == 0 ? Reason.BELOW : Reason.GAP;
      }
      if (!interval.isBelow(number)) {
        return null;
      }
    }
    return Reason.ABOVE;
  }

  /** Whether {@code number} is valid. */
  public boolean contains(BigDecimal number) {
    byte[] text = number.toString().getBytes(StandardCharsets.US_ASCII);
    return DecimalText.judge(text, 0, text.length, this, false) == null;
  }

  /** The ends of all intervals, ascending, but for those that are open to infinity. */
  public List<BigDecimal> bounds() {
    var bounds = new ArrayList<BigDecimal>();
    for (Interval interval : intervals) {
      for (Bound bound : new @Nullable Bound[] {interval.low(), interval.high()}) {
        if (bound != null) {
          bounds.add(bound.value());
        }
      }
    }
    return bounds;
  }

  boolean holdsWholeNumber() {
    for (int i = 0; i < intervals.size(); i++) {
      if (wholes[0][2 * i] <= wholes[0][2 * i + 1]) {
        return true;
      }
    }
    return false;
  }

  /** The canonical form: two ranges that hold the same numbers have the same text. */
  public String text() {
    return text;
  }

  @Override
  public String toString() {
    return text;
  }
}
