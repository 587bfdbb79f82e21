package io.sluice.validate;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are UTF-8 (RFC 3629): no surrogates, nothing overlong, nothing beyond U+10FFFF.
 *
 * <p>ASCII is passed eight bytes at a time, since most lines have nothing else. Allocates nothing.
 */
final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  static boolean isValid(byte[] bytes) {
    int at = skipAscii(bytes, 0);
    while (at < bytes.length) {
      int length = characterAt(bytes, at);
      if (length == 0) {
        return false;
      }
      at = skipAscii(bytes, at + length);
    }
    return true;
  }

  private static int skipAscii(byte[] bytes, int from) {
    int at = from;
    while (at <= bytes.length - Long.BYTES && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) {
      at += Long.BYTES;
    }
    while (at < bytes.length && bytes[at] >= 0) {
      at++;
    }
    return at;
  }

  /** Bytes of the character that starts at {@code at} and is not ASCII; 0 if it is malformed. */
  private static int characterAt(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    if (lead >= 0xC2 && lead <= 0xDF) {
      return follows(bytes, at + 1, 0x80, 0xBF) ? 2 : 0;
    }
    if (lead >= 0xE0 && lead <= 0xEF) {
      int low = lead == 0xE0 ? 0xA0 : 0x80; // shorter ones are overlong
      int high = lead == 0xED ? 0x9F : 0xBF; // the rest are surrogates
      return follows(bytes, at + 1, low, high) && follows(bytes, at + 2, 0x80, 0xBF) ? 3 : 0;
    }
    if (lead >= 0xF0 && lead <= 0xF4) {
      int low = lead == 0xF0 ? 0x90 : 0x80; // shorter ones are overlong
      int high = lead == 0xF4 ? 0x8F : 0xBF; // the rest is beyond U+10FFFF
      return follows(bytes, at + 1, low, high)
              && follows(bytes, at + 2, 0x80, 0xBF)
              && follows(bytes, at + 3, 0x80, 0xBF)
          ? 4
          : 0;
    }
    return 0;
  }

  private static boolean follows(byte[] bytes, int at, int low, int high) {
    int value = at < bytes.length ? bytes[at] & 0xFF : 0;
    return value >= low && value <= high;
  }
}
