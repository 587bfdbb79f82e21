package io.sluice.validate;

import org.jspecify.annotations.Nullable;

/**
 * A decimal that is not 0, as its digits are in a text: {@code d.ddd × 10^magnitude}, from the
 * first digit that is not 0 to the last one. A decimal point may be between them.
 *
 * @param magnitude the exponent of the first digit
 * @param lowest the exponent of the last digit
 * @param first index of the first digit in {@code bytes}
 * @param last index of the last digit
 */
@SuppressWarnings("ArrayRecordComponent") // a view of the line, never compared as a value
record Significand(
    boolean negative, long magnitude, long lowest, byte[] bytes, int first, int last) {

  /**
   * Reads digits with at most one point among them; null if all are 0.
   *
   * @param exponent the power of ten that the digits are multiplied with
   */
  static @Nullable Significand of(byte[] bytes, int from, int to, boolean negative, long exponent) {
    int first = -1;
    int last = -1;
    int point = to;
    for (int at = from; at < to; at++) {
      if (bytes[at] == '.') {
        point = at;
      } else if (bytes[at] != '0') {
        first = first < 0 ? at : first;
        last = at;
      }
    }
    if (first < 0) {
      return null;
    }
    return new Significand(
        negative,
        exponentOf(first, point) + exponent,
        exponentOf(last, point) + exponent,
        bytes,
        first,
        last);
  }

  private static long exponentOf(int digit, int point) {
    return digit < point ? point - digit - 1L : (long) point - digit;
  }

  boolean isWhole() {
    return lowest >= 0;
  }

  /**
   * Compares the sizes of this and of another decimal, signs aside.
   *
   * @param otherDigits its digits without zeros at either end
   */
  int compareSize(long otherMagnitude, String otherDigits) {
    if (magnitude != otherMagnitude) {
      return Long.compare(magnitude, otherMagnitude);
    }
    int other = 0;
    for (int at = first; at <= last; at++) {
      if (bytes[at] == '.') {
        continue;
      }
      int difference = bytes[at] - (other < otherDigits.length() ? otherDigits.charAt(other) : '0');
      if (difference != 0) {
        return difference;
      }
      other++;
    }
    return other < otherDigits.length() ? -1 : 0;
  }
}
