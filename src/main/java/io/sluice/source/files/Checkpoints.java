package io.sluice.source.files;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import io.sluice.source.machine.Content;
import io.sluice.source.positions.AnchoredOffset;
import io.sluice.source.positions.TaildirPosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The checkpoints a source remembers, oldest first. Their number is bounded: a log directory that
 * has seen a million files does not fill the memory.
 *
 * <p>Used by one thread.
 */
final class Checkpoints {
  private static final int MOST = 10_000;

  private final String source;
  private final List<Checkpoint> checkpoints = new ArrayList<>();
  private final List<TaildirPosition> imported;

  Checkpoints(String source, List<Position> stored, List<TaildirPosition> imported) {
    this.source = source;
    stored.forEach(position -> checkpoints.add(Checkpoint.of(position)));
    this.imported = new ArrayList<>(imported);
  }

  void add(Checkpoint checkpoint) {
    checkpoints.add(checkpoint);
    if (checkpoints.size() > MOST) {
      checkpoints.remove(0);
    }
  }

  /** Takes out the first checkpoint that was left by this very file. */
  Optional<Checkpoint> takeOwn(FileIdentity file, Content content) throws IOException {
    for (Checkpoint checkpoint : checkpoints) {
      if (checkpoint.isInode(file) && !checkpoint.isEmpty() && checkpoint.fits(content)) {
        checkpoints.remove(checkpoint);
        return Optional.of(checkpoint);
      }
    }
    return takeImported(file, content);
  }

  private Optional<Checkpoint> takeImported(FileIdentity file, Content content) throws IOException {
    for (Iterator<TaildirPosition> all = imported.iterator(); all.hasNext(); ) {
      TaildirPosition entry = all.next();
      if (entry.inode() == file.inode() && entry.path().equals(file.path())) {
        all.remove();
        if (entry.offset() <= content.size()) {
          return Optional.of(
              Checkpoint.of(AnchoredOffset.in(content, entry.offset()).in(file, source)));
        }
      }
    }
    return Optional.empty();
  }

  void remove(Checkpoint checkpoint) {
    checkpoints.remove(checkpoint);
  }

  /** Takes out all checkpoints that answer to {@code test}. */
  List<Checkpoint> takeAll(Predicate<Checkpoint> test) {
    List<Checkpoint> found = checkpoints.stream().filter(test).toList();
    checkpoints.removeAll(found);
    return found;
  }

  List<Checkpoint> all() {
    return List.copyOf(checkpoints);
  }
}
