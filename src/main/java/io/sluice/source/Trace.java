package io.sluice.source;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Position;
import java.io.IOException;

/**
 * Content that was read up to a place and that no file being read holds: of an earlier run, of a
 * file that has vanished, or from before a truncation. Immutable.
 *
 * @param ledger of its lines; the last may not be delivered yet
 */
record Trace(FileIdentity file, Place place, Ledger ledger) {
  static Trace of(Position position) {
    return new Trace(position.file(), Place.of(position), new Ledger(position));
  }

  static Trace of(TailedFile file) {
    return new Trace(file.identity(), file.read(), file.ledger());
  }

  /** Whether nothing is known of the content, so that every file would fit. */
  boolean isEmpty() {
    return file.headLength() == 0 && place.offset() == 0;
  }

  /** Whether {@code content} starts with what was read: by its head and by its end. */
  boolean fits(Content content) throws IOException {
    return content.size() >= Math.max(place.offset(), file.headLength())
        && place.isIn(content)
        && head().isHeadOf(content);
  }

  /**
   * Whether a fit is proof enough if nothing else speaks for it. Short contents are often alike:
   * many logs start with the same lines.
   */
  boolean isDistinct() {
    return file.headLength() >= Head.MOST && place.offset() >= Head.MOST;
  }

  boolean isInode(FileIdentity other) {
    return file.inode() == other.inode() && file.device() == other.device();
  }

  private Head head() {
    return new Head(file.headLength(), file.headHash());
  }
}
