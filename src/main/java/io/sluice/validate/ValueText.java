package io.sluice.validate;

import java.nio.charset.StandardCharsets;

/** The text of a field as shown to people: without blanks around it, and bounded. */
final class ValueText {
  /** In bytes; a cut text ends with an ellipsis. */
  static final int MAX_BYTES = 128;

  private ValueText() {}

  static String of(byte[] bytes, int from, int to) {
    int start = Blanks.skip(bytes, from, to);
    int end = Blanks.trim(bytes, start, to);
    if (end - start <= MAX_BYTES) {
      return new String(bytes, start, end - start, StandardCharsets.UTF_8);
    }
    int cut = start + MAX_BYTES;
    while (cut > start + MAX_BYTES - 4 && (bytes[cut] & 0xC0) == 0x80) {
      cut--;
    }
    return new String(bytes, start, cut - start, StandardCharsets.UTF_8) + "…";
  }
}
