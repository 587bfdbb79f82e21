package io.sluice.source.positions;

import io.sluice.delivery.Anchor;
import io.sluice.delivery.Position;
import io.sluice.source.machine.Content;
import java.io.IOException;

/**
 * Makes of a position another one in the same file, with the anchor that belongs there, so that a
 * source goes on from it.
 */
public final class PositionReset {
  private static final int BLOCK_BYTES = 64 * 1024;

  private PositionReset() {}

  /** The beginning of the file, which need not be on this machine. */
  public static Position toBeginning(Position position) {
    return new Position(position.source(), position.file(), 0, Anchor.NONE);
  }

  /**
   * Just past the last line feed, so that a line that is being written will be read whole.
   *
   * @throws IOException if the file is not there, or another one; the message is for the user
   */
  public static Position toEnd(Position position) throws IOException {
    try (Content content = PositionCheck.open(position.file())) {
      return at(position, content, lineStartBefore(content, content.size()));
    }
  }

  /**
   * The line that starts at {@code offset}.
   *
   * @throws IOException if no line does, or as {@link #toEnd}
   */
  public static Position toOffset(Position position, long offset) throws IOException {
    try (Content content = PositionCheck.open(position.file())) {
      if (offset > content.size()) {
        throw new IOException(
            "%s has %d bytes; offset %d is past its end."
                .formatted(position.file().path(), content.size(), offset));
      }
      long start = lineStartBefore(content, offset);
      if (start != offset) {
        throw new IOException(
            "no line of %s starts at offset %d; the one that holds it starts at %d."
                .formatted(position.file().path(), offset, start));
      }
      return at(position, content, offset);
    }
  }

  private static Position at(Position position, Content content, long offset) throws IOException {
    long anchor = AnchoredOffset.in(content, offset).anchor();
    return new Position(position.source(), position.file(), offset, anchor);
  }

  /** The last offset up to {@code end} that stands behind a line feed, or 0. */
  private static long lineStartBefore(Content content, long end) throws IOException {
    byte[] block = new byte[BLOCK_BYTES];
    for (long to = end; to > 0; ) {
      int length = (int) Math.min(to, BLOCK_BYTES);
      int count = content.read(block, 0, length, to - length);
      for (int i = count - 1; i >= 0; i--) {
        if (block[i] == '\n') {
          return to - length + i + 1;
        }
      }
      to -= length;
    }
    return 0;
  }
}
