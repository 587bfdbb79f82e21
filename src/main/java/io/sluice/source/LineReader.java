package io.sluice.source;

import io.sluice.delivery.Anchor;
import io.sluice.event.LogEvent;
import java.io.IOException;
import java.util.Arrays;

/**
 * Cuts files into lines, one block at a time. One buffer serves all files, so memory does not
 * depend on their number; a line that is longer than the buffer is looked through block by block
 * and its bytes are read again when its end is known.
 *
 * <p>Each block is read from {@value Anchor#LENGTH} bytes before the place where reading goes on.
 * They yield the anchors, and they show whether the file is still the one it was: if they differ,
 * it was truncated, however long it is by now.
 *
 * <p>Used by one thread.
 */
final class LineReader {
  static final int BLOCK = 256 * 1024;

  private final Content.Opener opener;
  private final byte[] buffer;

  /** The block's file, if it holds lines not yet cut. */
  private boolean loaded;

  /** Offset of the block's first byte in the file. */
  private long base;

  /** Index where the next line starts; negative if that is before the block. */
  private long lineStart;

  /** Index up to which no line ends. */
  private int scanned;

  /** Index just past the block's last byte. */
  private int limit;

  private boolean atEnd;

  /** How a turn ended. */
  enum Turn {
    /** The batch is full; the turn goes on with the next batch. */
    BATCH_FULL,
    /** The block is used up and there is more in the file. */
    MORE,
    /** No whole line is left. */
    DRAINED,
    /** The bytes before the place are not what they were. */
    TRUNCATED
  }

  LineReader(Content.Opener opener) {
    this(opener, BLOCK);
  }

  LineReader(Content.Opener opener, int blockBytes) {
    this.opener = opener;
    this.buffer = new byte[blockBytes];
  }

  /** Forgets the block; the next turn reads one. */
  void drop() {
    loaded = false;
  }

  /**
   * Adds the lines of one block of {@code file} to the batch. After {@link Turn#BATCH_FULL} it must
   * be called with the same file again, or else {@link #drop} first.
   */
  Turn read(TailedFile file, Batch batch) throws IOException {
    if (!loaded && !load(file)) {
      return Turn.TRUNCATED;
    }
    loaded = true;
    cut(file, batch);
    if (batch.isFull()) {
      return Turn.BATCH_FULL;
    }
    loaded = false;
    file.scannedTo(new Place(base + limit, Anchor.at(buffer, limit, limit)));
    return atEnd ? Turn.DRAINED : Turn.MORE;
  }

  private boolean load(TailedFile file) throws IOException {
    Content content = file.open(opener);
    long from = file.scanned().offset();
    base = Math.max(0, from - Anchor.LENGTH);
    scanned = (int) (from - base);
    limit = content.read(buffer, 0, buffer.length, base);
    if (limit < scanned || Anchor.at(buffer, scanned, scanned) != file.scanned().anchor()) {
      return false;
    }
    lineStart = file.read().offset() - base;
    atEnd = limit < buffer.length;
    if (base == 0 && file.identity().headLength() < Math.min(limit, Head.MOST)) {
      file.headGrew(Head.of(buffer, Math.min(limit, Head.MOST)));
    }
    return true;
  }

  private void cut(TailedFile file, Batch batch) throws IOException {
    byte[] block = buffer;
    long start = lineStart;
    int from = scanned;
    long anchor = 0;
    while (!batch.isFull()) {
      int newline = Newlines.find(block, from, limit);
      if (newline < 0) {
        break;
      }
      from = newline + 1;
      anchor = Anchor.at(block, from, from);
      byte[] body = start >= 0 ? line((int) start, newline) : lineFrom(file, start, newline);
      batch.add(new LogEvent(file, base + start, base + from, anchor, body));
      start = from;
    }
    if (start != lineStart) {
      file.readTo(new Place(base + start, anchor));
      lineStart = start;
      scanned = from;
    }
  }

  private byte[] line(int start, int newline) {
    int end = newline > start && buffer[newline - 1] == '\r' ? newline - 1 : newline;
    return Arrays.copyOfRange(buffer, start, end);
  }

  /** The line that began before the block. */
  private byte[] lineFrom(TailedFile file, long start, int newline) throws IOException {
    byte[] line = new byte[(int) (newline - start)];
    int count = file.open(opener).read(line, 0, line.length, base + start);
    int end = count > 0 && line[count - 1] == '\r' ? count - 1 : count;
    return Arrays.copyOf(line, end);
  }
}
