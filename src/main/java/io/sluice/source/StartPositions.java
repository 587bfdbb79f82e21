package io.sluice.source;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Positions of files that are not being read: those of an earlier run, and those of files that have
 * vanished since. A file gets its position back only if device and inode fit, its head, and the
 * bytes before the offset.
 *
 * <p>Used by one thread.
 */
final class StartPositions {
  private final String source;
  private final List<Position> stored;
  private final List<TaildirPosition> imported;

  StartPositions(String source, List<Position> stored, List<TaildirPosition> imported) {
    this.source = source;
    this.stored = new ArrayList<>(stored);
    this.imported = new ArrayList<>(imported);
  }

  /** The position of {@code file}; from now on it is the caller's. */
  Optional<Position> take(FileIdentity file, Content content) throws IOException {
    for (Iterator<Position> all = stored.iterator(); all.hasNext(); ) {
      Position position = all.next();
      if (isInode(position, file) && fits(position, content)) {
        all.remove();
        return Optional.of(at(file, position.offset(), position.anchor()));
      }
    }
    return takeImported(file, content);
  }

  private static boolean isInode(Position position, FileIdentity file) {
    return position.file().inode() == file.inode() && position.file().device() == file.device();
  }

  /** Whether {@code content} holds what stood before the position. */
  static boolean fits(Position position, Content content) throws IOException {
    Head head = new Head(position.file().headLength(), position.file().headHash());
    return new Place(position.offset(), position.anchor()).isIn(content) && head.isHeadOf(content);
  }

  private Optional<Position> takeImported(FileIdentity file, Content content) throws IOException {
    for (Iterator<TaildirPosition> all = imported.iterator(); all.hasNext(); ) {
      TaildirPosition entry = all.next();
      if (entry.inode() == file.inode() && entry.path().equals(file.path())) {
        all.remove();
        if (entry.offset() <= content.size()) {
          Place place = Place.in(content, entry.offset());
          return Optional.of(at(file, place.offset(), place.anchor()));
        }
      }
    }
    return Optional.empty();
  }

  private Position at(FileIdentity file, long offset, long anchor) {
    return new Position(source, file, offset, anchor);
  }

  /** Positions that no file has claimed; kept, because their files may come back. */
  List<Position> unclaimed() {
    return List.copyOf(stored);
  }
}
