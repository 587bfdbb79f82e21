package io.sluice.validate;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the notation of ranges. Used once, by one thread. */
final class RangeText {
  private static final String DELIMITERS = "[](),";

  /** By lower bound; of two equal ones, [5 starts before (5. */
  private static final Comparator<Placed> ASCENDING =
      Comparator.comparing(
              (Placed one) -> one.interval().low(),
              Comparator.nullsFirst(Comparator.<Bound>naturalOrder()))
          .thenComparing(one -> !one.interval().lowIncluded());

  private final String text;
  private int at;

  /** An interval and where it starts in the text. */
  private record Placed(Interval interval, int start) {}

  RangeText(String text) {
    this.text = text;
  }

  /**
   * The intervals in ascending order; those without a number between them are joined.
   *
   * @throws IllegalArgumentException with the position of the mistake, counted from 1
   */
  List<Interval> intervals() {
    var placed = new ArrayList<Placed>();
    skipBlanks();
    while (at < text.length() || placed.isEmpty()) {
      placed.add(interval());
      skipBlanks();
    }
    return joined(placed);
  }

  private Placed interval() {
    int start = at;
    boolean lowIncluded = next("[(", "an interval starts with [ or (") == '[';
    Bound low = bound();
    next(",", "a comma separates the two bounds");
    int highStart = at;
    Bound high = bound();
    int close = at;
    boolean highIncluded = next("])", "an interval ends with ] or )") == ']';
    if (low == null && lowIncluded) {
      throw mistake(start, "an open end is written (, not [");
    }
    if (high == null && highIncluded) {
      throw mistake(close, "an open end is written ), not ]");
    }
    if (low != null && high != null && low.compareTo(high) > 0) {
      throw mistake(highStart, "the end %s is less than the start %s".formatted(high, low));
    }
    var interval = new Interval(low, lowIncluded, high, highIncluded);
    if (interval.isEmpty()) {
      throw mistake(start, interval + " holds no number");
    }
    return new Placed(interval, start);
  }

  private char next(String expected, String rule) {
    skipBlanks();
    if (at >= text.length()) {
      throw mistake(at, rule + ", and the text ends here");
    }
    if (expected.indexOf(text.charAt(at)) < 0) {
      throw mistake(at, rule);
    }
    return text.charAt(at++);
  }

  private @Nullable Bound bound() {
    skipBlanks();
    int start = at;
    while (at < text.length() && DELIMITERS.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    String number = text.substring(start, at).strip();
    if (number.isEmpty()) {
      return null;
    }
    try {
      return Bound.parse(number);
    } catch (IllegalArgumentException e) {
      throw mistake(start, String.valueOf(e.getMessage()));
    }
  }

  private void skipBlanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static List<Interval> joined(List<Placed> placed) {
    placed.sort(ASCENDING);
    var result = new ArrayList<Interval>();
    result.add(placed.get(0).interval());
    for (int i = 1; i < placed.size(); i++) {
      Placed before = placed.get(i - 1);
      Placed current = placed.get(i);
      int overlap = before.interval().overlap(current.interval());
      if (overlap > 0) {
        Placed later = before.start() > current.start() ? before : current;
        Placed earlier = later.equals(current) ? before : current;
        throw mistake(
            later.start(), "%s overlaps %s".formatted(later.interval(), earlier.interval()));
      }
      int last = result.size() - 1;
      if (overlap == 0) {
        result.set(last, result.get(last).joinedWith(current.interval()));
      } else {
        result.add(current.interval());
      }
    }
    return result;
  }

  private static IllegalArgumentException mistake(int index, String what) {
    return new IllegalArgumentException("at character %d: %s".formatted(index + 1, what));
  }
}
