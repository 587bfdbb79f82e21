package io.sluice.validate;

/** White space of ASCII: space, tab, line feed, vertical tab, form feed, carriage return. */
final class Blanks {
  private Blanks() {}

  static boolean isBlank(byte b) {
    return b == ' ' || (b >= '\t' && b <= '\r');
  }

  /** The first index from {@code from} on that holds no blank, or {@code to}. */
  static int skip(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && isBlank(bytes[at])) {
      at++;
    }
    return at;
  }

  /** The end of the text without the blanks before {@code to}. */
  static int trim(byte[] bytes, int from, int to) {
    int end = to;
    while (end > from && isBlank(bytes[end - 1])) {
      end--;
    }
    return end;
  }

  /** The first index from {@code from} on that holds a blank, or {@code to}. */
  static int find(byte[] bytes, int from, int to) {
    int at = from;
    while (at < to && !isBlank(bytes[at])) {
      at++;
    }
    return at;
  }
}
