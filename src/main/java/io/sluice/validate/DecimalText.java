package io.sluice.validate;

import org.jspecify.annotations.Nullable;

/**
 * Decimal numbers as text, compared exactly and straight from the bytes.
 *
 * <pre>
 *   number   = blanks [sign] digits [exponent] blanks
 *   digits   = 1*digit [ "." *digit ] / "." 1*digit
 *   exponent = ("e" / "E") [sign] 1*digit
 *   sign     = "+" / "-"           digit  = "0" to "9"
 *   blanks   = *( space / tab / CR / LF / VT / FF )
 * </pre>
 *
 * <p>Nothing else is a number: no NaN, Infinity, hexadecimal, thousands separator, decimal comma,
 * type suffix or digit of another script. Text of up to 18 significant digits and 18 decimals
 * without exponent is compared in {@code long} arithmetic; all other text digit by digit, in time
 * linear in its length whatever the exponent. Stateless and thread-safe; allocates nothing for a
 * plain decimal.
 */
final class DecimalText {
  /** The most digits that surely fit a long. */
  static final int MAX_FAST_DIGITS = 18;

  /** Far beyond all lengths and all exponents of bounds, yet adding a length cannot overflow. */
  private static final long EXPONENT_CEILING = 100_000_000_000_000_000L;

  private static final long[] POWERS_OF_TEN = new long[MAX_FAST_DIGITS + 1];

  static {
    POWERS_OF_TEN[0] = 1;
    for (int i = 1; i < POWERS_OF_TEN.length; i++) {
      POWERS_OF_TEN[i] = POWERS_OF_TEN[i - 1] * 10;
    }
  }

  private DecimalText() {}

  /**
   * What is wrong with the text {@code bytes[from..to)}, or null if it is a number in {@code
   * range}.
   *
   * @param integerOnly whether the value must be whole; {@code 20.0} and {@code 2e1} are
   */
  static @Nullable Reason judge(byte[] bytes, int from, int to, Range range, boolean integerOnly) {
    int start = Blanks.skip(bytes, from, to);
    int end = Blanks.trim(bytes, start, to);
    int at = start;
    boolean negative = false;
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      negative = bytes[at] == '-';
      at++;
    }
    int firstDigit = at;
    int point = -1;
    long unscaled = 0;
    int significant = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        // Past 18 digits this wraps around; it is not used then, and cannot become 0 in the 19th.
        unscaled = unscaled * 10 + digit;
        significant += unscaled == 0 ? 0 : 1;
      } else if (bytes[at] == '.' && point < 0) {
        point = at;
      } else {
        break;
      }
    }
    int integers = (point < 0 ? at : point) - firstDigit;
    int decimals = point < 0 ? 0 : at - point - 1;
    if (integers + decimals == 0) {
      return Reason.NOT_A_NUMBER;
    }
    if (at < end || significant > MAX_FAST_DIGITS || decimals > MAX_FAST_DIGITS) {
      return judgeDigits(bytes, firstDigit, at, end, negative, range, integerOnly);
    }
    if (integerOnly && decimals > 0 && unscaled % POWERS_OF_TEN[decimals] != 0) {
      return Reason.NOT_AN_INTEGER;
    }
    return range.judge(negative ? -unscaled : unscaled, decimals);
  }

  /** The same for any number of digits and an exponent, which starts at {@code digitsEnd}. */
  private static @Nullable Reason judgeDigits(
      byte[] bytes,
      int from,
      int digitsEnd,
      int end,
      boolean negative,
      Range range,
      boolean integerOnly) {
    long exponent = 0;
    if (digitsEnd < end) {
      if (!isExponent(bytes, digitsEnd, end)) {
        return Reason.NOT_A_NUMBER;
      }
      exponent = exponent(bytes, digitsEnd + 1, end);
    }
    Significand significand = Significand.of(bytes, from, digitsEnd, negative, exponent);
    if (significand == null) {
      return range.judge(0, 0);
    }
    if (integerOnly && !significand.isWhole()) {
      return Reason.NOT_AN_INTEGER;
    }
    return range.judge(significand);
  }

  private static boolean isExponent(byte[] bytes, int from, int end) {
    if (bytes[from] != 'e' && bytes[from] != 'E') {
      return false;
    }
    int at = from + 1;
    if (at < end && (bytes[at] == '-' || bytes[at] == '+')) {
      at++;
    }
    int digits = at;
    while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
      at++;
    }
    return at == end && at > digits;
  }

  private static long exponent(byte[] bytes, int from, int end) {
    long exponent = 0;
    for (int at = from; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && exponent < EXPONENT_CEILING) {
        exponent = exponent * 10 + digit;
      }
    }
    return bytes[from] == '-' ? -exponent : exponent;
  }
}
