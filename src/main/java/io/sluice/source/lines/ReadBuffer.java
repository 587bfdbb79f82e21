package io.sluice.source.lines;

import io.sluice.delivery.Anchor;
import io.sluice.source.files.FirstBytes;
import io.sluice.source.files.TailedFile;
import io.sluice.source.machine.Content;
import io.sluice.source.positions.AnchoredOffset;
import io.sluice.source.positions.Fingerprint;
import java.io.IOException;
import java.util.Arrays;

/**
 * A stretch of one file in memory, read from {@value Anchor#LENGTH} bytes before the place where
 * reading goes on. Those bytes yield the anchors, and they show whether the file is still the one
 * it was: if they differ, it was truncated, however long it is by now.
 *
 * <p>Indexes are relative to the buffer; what began before the block has a negative one. Used by
 * one thread.
 */
final class ReadBuffer {
  /** So many NULs where a line begins are no text; fewer are, but at the beginning of a file. */
  private static final int HOLE_BYTES = 4096;

  private final int unit;
  private final byte[] buffer;
  private final byte[] head = new byte[Fingerprint.MOST];
  private long base;
  private int from;
  private int limit;
  private boolean atEnd;

  /**
   * @param unit how many bytes a character has at least; NULs are characters of so many zeros
   */
  ReadBuffer(int bytes, int unit) {
    this.buffer = new byte[bytes];
    this.unit = unit;
  }

  /** Reads on where no end of a line was found yet; false if the file is not what it was. */
  boolean load(TailedFile file, Content content) throws IOException {
    long offset = file.scanned().offset();
    base = Math.max(0, offset - Anchor.LENGTH);
    from = (int) (offset - base);
    limit = content.read(buffer, 0, buffer.length, base);
    atEnd = limit < buffer.length;
    leaveOutPadding(file, content);
    if (limit < from || anchor(from) != file.scanned().anchor()) {
      return false;
    }
    if (base == 0) {
      return checkHead(file, buffer, limit);
    }
    if (content.isArchive()) {
      return true; // It never changes, and going back to its head would be dear.
    }
    // Lines of one length that end alike have equal anchors; the head tells their files apart.
    int count = content.read(head, 0, head.length, 0);
    return checkHead(file, head, count);
  }

  /**
   * NULs at the end of a file are no data yet: a program that extends its log first, or writes it
   * through memory, fills them in later.
   */
  private void leaveOutPadding(TailedFile file, Content content) throws IOException {
    int text = limit;
    while (text > from && buffer[text - 1] == 0) {
      text--;
    }
    int rest = (int) ((base + text) % unit);
    text = Math.min(limit, rest == 0 ? text : text + unit - rest);
    boolean padded = text < limit && (atEnd || content.endsWithNuls());
    if (padded) {
      atEnd |= text == from;
      limit = text;
    }
    file.padded(padded);
  }

  /**
   * Index just past the NULs that begin at the place and are no text, because a program that does
   * not append wrote there after a truncation; the place itself if there are none.
   */
  int holeEnd() {
    return mayBeHole(from) ? from + nuls(from) - nuls(from) % unit : from;
  }

  /** Whether a line begins at {@code index} with NULs that are no text, as far as can be seen. */
  boolean mayBeHole(int index) {
    if (index >= limit || buffer[index] != 0) {
      return false;
    }
    int nuls = nuls(index);
    boolean inside = index > 0 && buffer[index - 1] == 0;
    boolean any = nuls >= unit;
    return any && (inside || offset(index) == 0 || nuls >= HOLE_BYTES || index + nuls == limit);
  }

  private int nuls(int index) {
    int end = index;
    while (end < limit && buffer[end] == 0) {
      end++;
    }
    return end - index;
  }

  private static boolean checkHead(TailedFile file, byte[] bytes, int count) {
    int known = file.identity().headLength();
    if (count < known || Fingerprint.of(bytes, known).hash() != file.identity().headHash()) {
      return false;
    }
    int length = Math.min(count, Fingerprint.MOST);
    while (length > known && bytes[length - 1] == 0) {
      length--;
    }
    if (length > known) {
      file.fingerprintGrew(Fingerprint.of(bytes, length), FirstBytes.of(bytes, length));
    }
    return true;
  }

  byte[] bytes() {
    return buffer;
  }

  /** Index up to which no line ends. */
  int from() {
    return from;
  }

  void advanceTo(int index) {
    from = index;
  }

  /** Index just past the last byte. */
  int limit() {
    return limit;
  }

  /** Whether the file had no more when the block was read. */
  boolean isAtEnd() {
    return atEnd;
  }

  long offset(long index) {
    return base + index;
  }

  long index(long offset) {
    return offset - base;
  }

  long anchor(int index) {
    return Anchor.at(buffer, index, index);
  }

  AnchoredOffset place(int index) {
    return new AnchoredOffset(base + index, anchor(index));
  }

  /**
   * A copy of the bytes between two indexes, but of the first {@code most} at most. What stands
   * before the block is read again.
   */
  byte[] copy(Content content, long start, long end, int most) throws IOException {
    int length = (int) Math.min(end - start, most);
    if (start >= 0) {
      return Arrays.copyOfRange(buffer, (int) start, (int) start + length);
    }
    byte[] copy = new byte[length];
    int count = content.read(copy, 0, length, base + start);
    if (count < length) {
      throw new IOException("the file became shorter while it was read");
    }
    return copy;
  }
}
