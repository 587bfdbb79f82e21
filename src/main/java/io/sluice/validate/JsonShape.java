package io.sluice.validate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** What a line can be told to be by its ends, without the cost of a parser and its exceptions. */
enum JsonShape {
  /** It begins and ends like an object, an array or a string; a parser must say whether it is. */
  ENCLOSED,
  /** {@code null}, {@code true}, {@code false} or a number, and nothing else. */
  SCALAR,
  /** Plain text, or a line that was cut. */
  NONE;

  private static final byte[][] LITERALS = {ascii("null"), ascii("true"), ascii("false")};

  static JsonShape of(byte[] line) {
    int from = Blanks.skip(line, hasByteOrderMark(line) ? 3 : 0, line.length);
    int to = Blanks.trim(line, from, line.length);
    if (to - from > 1 && line[to - 1] == closing(line[from])) {
      return ENCLOSED;
    }
    return from < to && isScalar(line, from, to) ? SCALAR : NONE;
  }

  private static byte closing(byte opening) {
    return switch (opening) {
      case '{' -> '}';
      case '[' -> ']';
      case '"' -> '"';
      default -> 0;
    };
  }

  private static boolean hasByteOrderMark(byte[] line) {
    return line.length > 2
        && line[0] == (byte) 0xEF
        && line[1] == (byte) 0xBB
        && line[2] == (byte) 0xBF;
  }

  private static boolean isScalar(byte[] line, int from, int to) {
    for (byte[] literal : LITERALS) {
      if (Arrays.equals(line, from, to, literal, 0, literal.length)) {
        return true;
      }
    }
    return isNumber(line, from, to);
  }

  /** RFC 8259, section 6. */
  private static boolean isNumber(byte[] line, int from, int to) {
    int at = line[from] == '-' ? from + 1 : from;
    int digits = skipDigits(line, at, to);
    if (digits == at || (line[at] == '0' && digits > at + 1)) {
      return false;
    }
    at = digits;
    if (at < to && line[at] == '.') {
      digits = skipDigits(line, at + 1, to);
      if (digits == at + 1) {
        return false;
      }
      at = digits;
    }
    if (at < to && (line[at] == 'e' || line[at] == 'E')) {
      boolean signed = at + 1 < to && (line[at + 1] == '+' || line[at + 1] == '-');
      int first = at + (signed ? 2 : 1);
      at = skipDigits(line, first, to);
      return at > first && at == to;
    }
    return at == to;
  }

  private static int skipDigits(byte[] line, int from, int to) {
    int at = from;
    while (at < to && line[at] >= '0' && line[at] <= '9') {
      at++;
    }
    return at;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
