package io.sluice.cli.survey;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;

/** Decimals as doubles, for statistics. Verdicts never come from here. */
public final class Decimals {
  private static final int MOST_DIGITS = 15;
  private static final double MOST_WHOLE = 1e12;
  private static final double[] POWERS = new double[MOST_DIGITS + 1];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Decimals() {}

  /**
   * The number that {@code bytes[from..to)} is near to, which must be one by the grammar of {@code
   * docs/validation.md}; infinite if it is beyond a double.
   */
  public static double parse(byte[] bytes, int from, int to) {
    int at = from;
    boolean negative = false;
    long unscaled = 0;
    int digits = 0;
    int decimals = -1;
    for (; at < to; at++) {
      byte next = bytes[at];
      if (next >= '0' && next <= '9') {
        unscaled = unscaled * 10 + next - '0';
        digits++;
        decimals += decimals < 0 ? 0 : 1;
      } else if (next == '.') {
        decimals = 0;
      } else if (next == '-') {
        negative = true;
      } else if (next != ' ' && next != '+') {
        break;
      }
    }
    if (at < to || digits > MOST_DIGITS) {
      return Double.parseDouble(new String(bytes, from, to - from, StandardCharsets.US_ASCII));
    }
    double number = unscaled / POWERS[Math.max(0, decimals)];
    return negative ? -number : number;
  }

  /** With six digits at most, but for whole numbers. */
  public static String text(double number) {
    if (!Double.isFinite(number)) {
      return number < 0 ? "-1e308 or less" : "1e308 or more";
    }
    if (number == Math.rint(number) && Math.abs(number) < MOST_WHOLE) {
      return String.valueOf((long) number);
    }
    BigDecimal rounded = new BigDecimal(number).round(new MathContext(6)).stripTrailingZeros();
    boolean isShort = rounded.scale() < 8 && rounded.precision() - rounded.scale() < 10;
    return isShort ? rounded.toPlainString() : rounded.toString();
  }
}
