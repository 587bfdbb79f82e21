package io.sluice.source.machine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * The bytes of a stream, as far as they came, to be read again from where the last line that is not
 * whole yet starts. Of a line that is longer than {@code mostHeld} the middle is forgotten: nobody
 * reads it again.
 *
 * <p>Used by one thread.
 */
public final class StreamContent implements Content {
  private static final int STEP = 128 * 1024;

  private final InputStream stream;
  private final int mostHeld;
  private final byte[] mark = new byte[4];
  private byte[] bytes = new byte[2 * STEP];

  /** Offsets of the first byte held and of the next to come. */
  private long from;

  private long to;

  /** The beginning of a line that is too long to be held as a whole. */
  private byte[] head = {};

  private long headFrom;

  /**
   * @param mostHeld most bytes that are ever read again
   */
  public StreamContent(InputStream stream, int mostHeld) {
    this.stream = stream;
    this.mostHeld = mostHeld;
  }

  /**
   * Waits for at least one byte, and takes what is there.
   *
   * @param needed offset of the first byte that may be read again
   * @param resumed offset from which everything will be read again
   * @return false if the stream has ended
   */
  public boolean fill(long needed, long resumed) throws IOException {
    forget(Math.max(0, needed), Math.max(0, resumed));
    int used = (int) (to - from);
    if (bytes.length - used < STEP) {
      bytes = Arrays.copyOf(bytes, 2 * bytes.length);
    }
    int most = Math.min(STEP, bytes.length - used);
    int count = stream.read(bytes, used, most);
    for (int i = 0; i < count && to + i < mark.length; i++) {
      mark[(int) to + i] = bytes[used + i];
    }
    to += Math.max(0, count);
    return count >= 0;
  }

  private void forget(long needed, long resumed) {
    if (resumed - needed > mostHeld + 2L * STEP) {
      if (head.length == 0 || headFrom != needed) {
        head = Arrays.copyOfRange(bytes, (int) (needed - from), (int) (needed - from) + mostHeld);
        headFrom = needed;
      }
      drop(resumed);
    } else if (head.length == 0 || needed >= from) {
      drop(needed);
    }
    if (head.length > 0 && headFrom < needed) {
      head = new byte[0];
    }
  }

  private void drop(long before) {
    if (before > from) {
      System.arraycopy(bytes, (int) (before - from), bytes, 0, (int) (to - before));
      from = before;
    }
  }

  @Override
  public int read(byte[] buffer, int at, int length, long offset) {
    if (offset < from) {
      boolean inHead = head.length > 0 && offset >= headFrom;
      byte[] held = inHead ? head : mark;
      int start = (int) (inHead ? offset - headFrom : offset);
      int count = Math.min(length, Math.max(0, held.length - start));
      System.arraycopy(held, start, buffer, at, count);
      return count;
    }
    int count = (int) Math.max(0, Math.min(length, to - offset));
    System.arraycopy(bytes, (int) (offset - from), buffer, at, count);
    return count;
  }

  @Override
  public long size() {
    return to;
  }

  @Override
  public void close() throws IOException {
    stream.close();
  }

  /** What came never changes; and its beginning is not held. */
  @Override
  public boolean isArchive() {
    return true;
  }
}
