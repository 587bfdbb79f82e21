package io.sluice.source.lines;

import io.sluice.source.files.TailedFile;
import io.sluice.source.machine.Content;
import io.sluice.source.metrics.LineCounts;
import io.sluice.source.positions.AnchoredOffset;
import java.io.IOException;

/**
 * Reads files block by buffer. One block serves all files, so memory does not depend on their
 * number; a line that is longer than the block is looked through block by buffer, and its bytes are
 * read again when its end is known.
 *
 * <p>Used by one thread.
 */
public final class LineReader {
  public static final int BLOCK_BYTES = 256 * 1024;

  private final Content.Opener opener;
  private final LineCutter cutter;
  private final LineCounts counts;
  private final ReadBuffer buffer;

  /** Whether the block holds lines not yet cut. */
  private boolean loaded;

  /** How a turn ended. */
  public enum Turn {
    /** The batch is full; the turn goes on with the next batch. */
    BATCH_FULL,
    /** The block is used up and there is more in the file. */
    MORE,
    /** No whole line is left. */
    DRAINED,
    /** The bytes before the place are not what they were. */
    TRUNCATED
  }

  /**
   * @param unit how many bytes a character has at least
   */
  public LineReader(Content.Opener opener, LineCutter cutter, int unit, LineCounts counts) {
    this.opener = opener;
    this.cutter = cutter;
    this.counts = counts;
    this.buffer = new ReadBuffer(BLOCK_BYTES, unit);
  }

  /** Forgets the buffer; the next turn reads one. */
  void drop() {
    loaded = false;
  }

  /**
   * Adds the lines of one block of {@code file} to the batch. After {@link Turn#BATCH_FULL} it must
   * be called with the same file again, or else {@link #drop} first.
   */
  public Turn read(TailedFile file, LineOutput out) throws IOException {
    Content content = file.open(opener);
    if (loaded) {
      file.cancelFlush(); // It was asked for before all of the buffer was cut.
    } else {
      AnchoredOffset before = file.scanned();
      file.lastStat().read();
      if (!buffer.load(file, content)) {
        return Turn.TRUNCATED;
      }
      if (buffer.offset(buffer.limit()) > before.offset()) {
        file.cancelFlush();
      }
    }
    loaded = true;
    if (file.isSkipping() && !skipLine(file, content)) {
      loaded = false;
      return buffer.isAtEnd() ? Turn.DRAINED : Turn.MORE;
    }
    if (isAtHole(file)) {
      skipHole(file);
    }
    cutter.cut(buffer, file, content, out);
    if (out.isFull()) {
      return Turn.BATCH_FULL;
    }
    if (isAtHole(file)) {
      loaded = false; // Seen from its beginning in the next block.
      return Turn.MORE;
    }
    if (buffer.isAtEnd() && file.takeFlush() && content.isWhole()) {
      cutter.flush(buffer, file, content, out);
    }
    loaded = false;
    file.scannedTo(buffer.place(buffer.limit()));
    return buffer.isAtEnd() ? Turn.DRAINED : Turn.MORE;
  }

  /** Whether a line begins at the buffer's place with NULs that are no text. */
  private boolean isAtHole(TailedFile file) {
    return buffer.offset(buffer.from()) == file.read().offset() && buffer.mayBeHole(buffer.from());
  }

  private void skipHole(TailedFile file) {
    int end = buffer.holeEnd();
    counts.hole(end - buffer.from());
    file.readTo(buffer.place(end));
    buffer.advanceTo(end);
  }

  /** Leaves out the rest of the line in which reading begins; false if it goes on. */
  private boolean skipLine(TailedFile file, Content content) throws IOException {
    int end = cutter.lineEnd(buffer, content);
    boolean ended = end >= 0;
    int next = ended ? end : buffer.limit();
    file.skipTo(buffer.place(next), ended);
    buffer.advanceTo(next);
    return ended;
  }
}
