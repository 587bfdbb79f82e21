package io.sluice.delivery;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * A hash of the bytes just before an offset, by which a position knows its place again.
 *
 * <p>It covers the last {@value #LENGTH} bytes before the offset, or all of them where there are
 * fewer. A file that was truncated and has grown past the old offset has other bytes there, with
 * all but certainty. The source computes one for every line, so it is a few multiplications and not
 * a digest; it is no defence against somebody who writes collisions on purpose.
 */
public final class Anchor {
  /** How many bytes before the offset are hashed at most. */
  public static final int LENGTH = 64;

  /** The anchor of offset 0. */
  public static final long NONE = 0;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

  private Anchor() {}

  /**
   * The anchor of the offset that {@code buffer[end]} stands for.
   *
   * @param available how many bytes of the file stand in the buffer before {@code end}; fewer than
   *     {@value #LENGTH} only when the file has no more there
   */
  public static long at(byte[] buffer, int end, int available) {
    int from = end - Math.min(available, LENGTH);
    if (from == end) {
      return NONE;
    }
    long hash = (long) end - from;
    int i = from;
    for (; i + Long.BYTES <= end; i += Long.BYTES) {
      hash = mix(hash, (long) LONGS.get(buffer, i));
    }
    for (; i < end; i++) {
      hash = mix(hash, buffer[i]);
    }
    return hash;
  }

  private static long mix(long hash, long bits) {
    return (Long.rotateLeft(hash, 29) ^ bits) * MULTIPLIER;
  }
}
