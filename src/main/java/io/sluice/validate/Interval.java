package io.sluice.validate;

import org.jspecify.annotations.Nullable;

/**
 * All decimals between two bounds, of which each may belong to it or not.
 *
 * @param low null if there is no lower bound
 * @param high null if there is no upper bound
 */
record Interval(
    @Nullable Bound low, boolean lowIncluded, @Nullable Bound high, boolean highIncluded) {

  static Interval closed(@Nullable Bound low, @Nullable Bound high) {
    return new Interval(low, low != null, high, high != null);
  }

  boolean isBelow(Significand number) {
    int side = high == null ? -1 : high.compare(number);
    return side > 0 || (side == 0 && !highIncluded);
  }

  boolean isAbove(Significand number) {
    int side = low == null ? 1 : low.compare(number);
    return side < 0 || (side == 0 && !lowIncluded);
  }

  boolean isEmpty() {
    if (low == null || high == null) {
      return false;
    }
    int order = low.compareTo(high);
    return order > 0 || (order == 0 && !(lowIncluded && highIncluded));
  }

  /** The least whole number that, divided by ten to {@code scale}, is in or above this. */
  long leastAt(int scale) {
    if (low == null) {
      return Long.MIN_VALUE;
    }
    return low.isWhole(scale) && !lowIncluded ? addOne(low.floor(scale)) : low.ceiling(scale);
  }

  /** The greatest whole number that, divided by ten to {@code scale}, is in or below this. */
  long greatestAt(int scale) {
    if (high == null) {
      return Long.MAX_VALUE;
    }
    return high.isWhole(scale) && !highIncluded ? -addOne(-high.ceiling(scale)) : high.floor(scale);
  }

  private static long addOne(long number) {
    return number == Long.MAX_VALUE ? number : number + 1;
  }

  /** Where this ends relative to where {@code next} starts; more than 0 if they share a number. */
  int overlap(Interval next) {
    if (high == null || next.low == null) {
      return 1;
    }
    int order = high.compareTo(next.low);
    return order != 0 ? order : (highIncluded ? 1 : 0) + (next.lowIncluded ? 1 : 0) - 1;
  }

  /** This and {@code next}, which starts right where this ends. */
  Interval joinedWith(Interval next) {
    return new Interval(low, lowIncluded, next.high, next.highIncluded);
  }

  @Override
  public String toString() {
    return (lowIncluded ? "[" : "(")
        + (low == null ? "" : low)
        + ","
        + (high == null ? "" : high)
        + (highIncluded ? "]" : ")");
  }
}
