package io.sluice.source.files;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Position;
import io.sluice.source.machine.Content;
import io.sluice.source.positions.AnchoredOffset;
import io.sluice.source.positions.Fingerprint;
import java.io.IOException;

/**
 * Content that was read up to a place and that no file being read holds: of an earlier run, of a
 * file that has vanished, or from before a truncation. Immutable.
 *
 * @param ledger of its lines; the last may not be delivered yet
 */
record Checkpoint(FileIdentity file, AnchoredOffset place, Ledger ledger) {
  static Checkpoint of(Position position) {
    return new Checkpoint(position.file(), AnchoredOffset.of(position), new Ledger(position));
  }

  static Checkpoint of(TailedFile file) {
    return new Checkpoint(file.identity(), file.read(), file.ledger());
  }

  /** Whether nothing is known of the content, so that every file would fit. */
  boolean isEmpty() {
    return file.headLength() == 0 && place.offset() == 0;
  }

  /** Whether {@code content} starts with what was read: by its head and by its end. */
  boolean fits(Content content) throws IOException {
    return head().isHeadOf(content) && place.isIn(content); // the head first: it costs less
  }

  /**
   * Whether a fit is proof enough if nothing else speaks for it. Short contents are often alike:
   * many logs start with the same lines.
   */
  boolean isDistinct() {
    return file.headLength() >= Fingerprint.MOST && place.offset() >= Fingerprint.MOST;
  }

  boolean isInode(FileIdentity other) {
    return file.inode() == other.inode() && file.device() == other.device();
  }

  private Fingerprint head() {
    return new Fingerprint(file.headLength(), file.headHash());
  }
}
