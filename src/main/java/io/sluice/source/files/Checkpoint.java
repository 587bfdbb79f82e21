package io.sluice.source.files;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Position;
import io.sluice.source.config.FileGroup;
import io.sluice.source.machine.Archives;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.PathText;
import io.sluice.source.positions.AnchoredOffset;
import io.sluice.source.positions.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Content that was read up to a place and that no file being read holds: of an earlier run, of a
 * file that has vanished, or from before a truncation. Immutable.
 *
 * @param ledger of its lines; the last may not be delivered yet
 * @param group that the file belonged to, if this process has read it
 */
public record Checkpoint(
    FileIdentity file, AnchoredOffset place, Ledger ledger, Optional<FileGroup> group) {
  static Checkpoint of(Position position) {
    return new Checkpoint(
        position.file(), AnchoredOffset.of(position), new Ledger(position), Optional.empty());
  }

  static Checkpoint of(TailedFile file) {
    return new Checkpoint(file.identity(), file.read(), file.ledger(), Optional.of(file.group()));
  }

  FileKey key() {
    return FileKey.of(file);
  }

  Path path() {
    return PathText.path(file.path());
  }

  /** Where the file's other names, its copies and its archives are looked for. */
  Set<Path> folders() {
    var folders = new LinkedHashSet<Path>();
    for (Path path : new Path[] {PathText.path(file.target()), path()}) {
      if (path.getParent() != null) {
        folders.add(path.getParent());
      }
    }
    return folders;
  }

  /** Whether nothing is known of the content, so that every file would fit. */
  boolean isEmpty() {
    return file.headLength() == 0 && place.offset() == 0;
  }

  /**
   * Whether {@code content} starts with what was read: by its head and by its end. The head comes
   * first, because that is cheap for an archive too.
   */
  boolean fits(Content content) throws IOException {
    return fingerprint().isHeadOf(content) && place.isIn(content);
  }

  /**
   * Whether a fit is proof enough if nothing else speaks for it. Short contents are often alike:
   * many logs start with the same lines.
   */
  boolean isDistinct() {
    return file.headLength() >= Fingerprint.MOST && place.offset() >= Fingerprint.MOST;
  }

  Fingerprint fingerprint() {
    return new Fingerprint(file.headLength(), file.headHash());
  }

  /** Whether a file of that name may once have been called as this one is. */
  boolean mayBeCalled(Path name) {
    Path target = PathText.path(file.target());
    return name.equals(path())
        || name.equals(target)
        || RotatedName.isOf(path(), name)
        || RotatedName.isOf(target, name);
  }

  /** Whether the archive has the whole name, and no more than what says how it is packed. */
  boolean isNamedJustBy(Path archive) {
    String name = archive.toString();
    return Archives.SUFFIXES.stream()
        .anyMatch(suffix -> name.equals(path() + suffix) || name.equals(file.target() + suffix));
  }

  /** An archive is called as its original was, with more behind: app.log, app.log.1.gz. */
  boolean isNamedBy(Path archive) {
    Path original = path().getFileName();
    Path target = PathText.path(file.target()).getFileName();
    Path name = archive.getFileName();
    return name != null
        && ((original != null && name.toString().startsWith(original.toString()))
            || (target != null && name.toString().startsWith(target.toString())));
  }
}
