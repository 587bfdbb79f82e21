package io.sluice.source.files;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import io.sluice.source.machine.Content;
import io.sluice.source.positions.AnchoredOffset;
import io.sluice.source.positions.Fingerprint;
import io.sluice.source.positions.TaildirPosition;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/**
 * The checkpoints a source remembers, oldest first. Their number is bounded: a log directory that
 * has seen a million files does not fill the memory. A new file is compared with those few alone
 * that it can be, by its inode or its fingerprint.
 *
 * <p>Used by one thread.
 */
final class Checkpoints {
  static final int MOST = 10_000;

  /** Most that are forgotten at once: under exactly-once each is a record of one transaction. */
  private static final int MOST_AT_ONCE = 10_000;

  private final String source;
  private final Set<Checkpoint> all = new LinkedHashSet<>();
  private final Map<Long, List<Checkpoint>> byInode = new HashMap<>();
  private final Map<Integer, Map<Long, List<Checkpoint>>> byFingerprint = new HashMap<>();
  private final List<TaildirPosition> imported;

  Checkpoints(String source, List<Position> stored, List<TaildirPosition> imported) {
    this.source = source;
    stored.forEach(position -> add(Checkpoint.of(position)));
    this.imported = new ArrayList<>(imported);
  }

  /** Takes out some of the oldest if there are too many. */
  List<Checkpoint> takeSurplus() {
    List<Checkpoint> oldest =
        all.stream().limit(Math.max(0, Math.min(all.size() - MOST, MOST_AT_ONCE))).toList();
    oldest.forEach(this::remove);
    return oldest;
  }

  boolean contains(FileKey key) {
    return byInode.getOrDefault(key.inode(), List.of()).stream()
        .anyMatch(checkpoint -> checkpoint.key().equals(key));
  }

  void add(Checkpoint checkpoint) {
    if (all.add(checkpoint)) {
      FileIdentity file = checkpoint.file();
      byInode.computeIfAbsent(file.inode(), inode -> new ArrayList<>(1)).add(checkpoint);
      byFingerprint
          .computeIfAbsent(file.headLength(), length -> new HashMap<>())
          .computeIfAbsent(file.headHash(), hash -> new ArrayList<>(1))
          .add(checkpoint);
    }
  }

  void remove(Checkpoint checkpoint) {
    if (all.remove(checkpoint)) {
      FileIdentity file = checkpoint.file();
      remove(byInode, file.inode(), checkpoint);
      Map<Long, List<Checkpoint>> byHash = byFingerprint.get(file.headLength());
      if (byHash != null) {
        remove(byHash, file.headHash(), checkpoint);
        if (byHash.isEmpty()) {
          byFingerprint.remove(file.headLength());
        }
      }
    }
  }

  private static void remove(Map<Long, List<Checkpoint>> index, long key, Checkpoint checkpoint) {
    List<Checkpoint> some = index.get(key);
    if (some != null && some.remove(checkpoint) && some.isEmpty()) {
      index.remove(key);
    }
  }

  /**
   * Takes out the checkpoint that was left by this very file. Where disks are numbered in another
   * order after a reboot, its name speaks for it; the one left before the reboot may be there
   * still.
   */
  Optional<Checkpoint> takeOwn(FileIdentity file, Content content) throws IOException {
    Checkpoint own = null;
    for (Checkpoint checkpoint : byInode.getOrDefault(file.inode(), List.of())) {
      boolean sameDevice = checkpoint.file().device() == file.device();
      boolean mayBeOwn = sameDevice || checkpoint.file().path().equals(file.path());
      boolean better = own == null || (sameDevice && own.file().device() != file.device());
      if (mayBeOwn && better && !checkpoint.isEmpty() && checkpoint.fits(content)) {
        own = checkpoint;
      }
    }
    if (own != null) {
      remove(own);
      return Optional.of(own);
    }
    return takeImported(file, content);
  }

  private Optional<Checkpoint> takeImported(FileIdentity file, Content content) throws IOException {
    for (Iterator<TaildirPosition> entries = imported.iterator(); entries.hasNext(); ) {
      TaildirPosition entry = entries.next();
      if (entry.inode() == file.inode() && entry.path().equals(file.path())) {
        entries.remove();
        if (entry.offset() <= content.size()) {
          AnchoredOffset place = AnchoredOffset.in(content, entry.offset());
          return Optional.of(Checkpoint.of(place.in(file, source)));
        }
      }
    }
    return Optional.empty();
  }

  /** Takes out the first checkpoint of those that pass {@code test} whose content this is. */
  Optional<Checkpoint> takeFitting(FirstBytes first, Content content, Predicate<Checkpoint> test)
      throws IOException {
    for (Map.Entry<Integer, Map<Long, List<Checkpoint>>> some : byFingerprint.entrySet()) {
      int length = some.getKey();
      if (length == 0 || length > first.length()) {
        continue;
      }
      Fingerprint fingerprint = first.fingerprint(length);
      for (Checkpoint checkpoint : some.getValue().getOrDefault(fingerprint.hash(), List.of())) {
        if (test.test(checkpoint) && checkpoint.fits(content)) {
          remove(checkpoint);
          return Optional.of(checkpoint);
        }
      }
    }
    return Optional.empty();
  }

  /** Takes out all checkpoints of files that had this key. */
  List<Checkpoint> takeAllOf(FileKey key) {
    List<Checkpoint> found =
        byInode.getOrDefault(key.inode(), List.of()).stream()
            .filter(checkpoint -> checkpoint.key().equals(key))
            .toList();
    found.forEach(this::remove);
    return found;
  }

  List<Checkpoint> all() {
    return List.copyOf(all);
  }
}
