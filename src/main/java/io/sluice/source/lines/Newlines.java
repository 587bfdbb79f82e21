package io.sluice.source.lines;

import io.sluice.source.config.LineFeedEncoding;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Finds line feeds, eight bytes at a time: a byte of {@code word ^ 0x0A0A…} is zero where there is
 * one, and {@code (x - 0x01…) & ~x & 0x80…} has its lowest bit set at the first zero byte (Mycroft,
 * 1987).
 */
final class Newlines {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long LINE_FEEDS = 0x0A0A0A0A0A0A0A0AL;
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  private Newlines() {}

  /** Index of the first line feed in {@code buffer[from..limit)}, or -1. */
  static int find(byte[] buffer, int from, int limit) {
    int i = from;
    for (; i <= limit - Long.BYTES; i += Long.BYTES) {
      long x = (long) LONGS.get(buffer, i) ^ LINE_FEEDS;
      long zeros = (x - ONES) & ~x & HIGH_BITS;
      if (zeros != 0) {
        return i + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    for (; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }

  /**
   * Index just past the first line feed of another encoding in {@code buffer[from..limit)}, or -1.
   *
   * @param base offset in the file of the buffer's first byte: units are aligned in the file
   */
  static int find(LineFeedEncoding encoding, byte[] buffer, int from, int limit, long base) {
    int unit = encoding.unit();
    for (int feed = find(buffer, from, limit); feed >= 0; feed = find(buffer, feed + 1, limit)) {
      int start = feed - encoding.place();
      boolean aligned = unit == 1 || (base + start) % unit == 0;
      if (aligned && start >= 0 && start + unit <= limit && encoding.isFeed(buffer, start)) {
        return start + unit;
      }
    }
    return -1;
  }
}
