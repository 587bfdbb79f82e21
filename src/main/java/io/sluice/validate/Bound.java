package io.sluice.validate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** One end of an interval: a decimal. Immutable and thread-safe. */
final class Bound implements Comparable<Bound> {
  /** Digits, and size of the exponent, that a bound may have; lines may have any. */
  static final int LIMIT = 1_000;

  private static final int LONGEST_PLAIN_TEXT = 40;
  private static final BigInteger LONG_MAX = BigInteger.valueOf(Long.MAX_VALUE);

  private final BigDecimal value;
  private final String digits;
  private final long magnitude;

  private Bound(BigDecimal value) {
    this.value = value;
    this.digits = value.unscaledValue().abs().toString();
    this.magnitude = (long) value.precision() - value.scale() - 1;
  }

  /**
   * Reads a bound in the same grammar as the numbers of lines.
   *
   * @throws IllegalArgumentException whose message says what is wrong with it
   */
  static Bound parse(String text) {
    // BigDecimal takes digits of all scripts; lines may hold those of ASCII only.
    if (!text.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      throw new IllegalArgumentException("\"" + text + "\" is not a decimal number");
    }
    if (text.length() > LIMIT) {
      throw new IllegalArgumentException("a bound may have " + LIMIT + " digits at most");
    }
    BigDecimal value;
    try {
      value = new BigDecimal(text);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + text + "\" is not a decimal number", e);
    }
    if (Math.abs((long) value.scale()) > LIMIT) {
      throw new IllegalArgumentException(
          "the exponent of \"%s\" is not from -%d to %d".formatted(text, LIMIT, LIMIT));
    }
    return new Bound(value.signum() == 0 ? BigDecimal.ZERO : value.stripTrailingZeros());
  }

  BigDecimal value() {
    return value;
  }

  /** Less than 0 if {@code number} is below this bound, 0 if they are equal. */
  int compare(Significand number) {
    int sign = number.negative() ? -1 : 1;
    if (sign != value.signum()) {
      return sign;
    }
    return sign * number.compareSize(magnitude, digits);
  }

  /** The least whole number that is not below this bound times ten to {@code scale}. */
  long ceiling(int scale) {
    return clamp(value.movePointRight(scale).setScale(0, RoundingMode.CEILING));
  }

  /** The greatest whole number that is not above this bound times ten to {@code scale}. */
  long floor(int scale) {
    return clamp(value.movePointRight(scale).setScale(0, RoundingMode.FLOOR));
  }

  /** Whether this bound times ten to {@code scale} is a whole number. */
  boolean isWhole(int scale) {
    return value.scale() <= scale;
  }

  private static long clamp(BigDecimal whole) {
    BigInteger integer = whole.toBigInteger();
    if (integer.abs().compareTo(LONG_MAX) >= 0) {
      return integer.signum() * Long.MAX_VALUE;
    }
    return integer.longValue();
  }

  @Override
  public int compareTo(Bound other) {
    return value.compareTo(other.value);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bound bound && value.equals(bound.value);
  }

  @Override
  public int hashCode() {
    return value.hashCode();
  }

  /** The canonical form: no zeros too many, and an exponent only for what is very long. */
  @Override
  public String toString() {
    boolean isShort = Math.abs(magnitude) + digits.length() <= LONGEST_PLAIN_TEXT;
    return isShort ? value.toPlainString() : value.toString();
  }
}
