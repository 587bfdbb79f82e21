package io.sluice.source.files;

import io.sluice.source.files.DirectoryListing.Entry;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.Time;
import io.sluice.source.machine.UnfinishedArchiveException;
import io.sluice.source.positions.AnchoredOffset;
import io.sluice.source.positions.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * New files whose content so far is that of a file being read. A copytruncate makes such a copy,
 * and truncates the original when it is complete; so they are not read until one of three things
 * happens. The original is truncated: then this is its copy. It gets bytes that the original does
 * not have: then it is a separate file. Or nothing happens for a while: then it is taken for a
 * separate file, because a repeated line is better than a lost one. Short files are often alike,
 * and wait for {@value #SETTLED_SECONDS} seconds; a long one is a copy beyond doubt, and whoever
 * made it may still be forcing it to the disk.
 *
 * <p>Used by one thread.
 */
public final class HeldCopies {
  public static final int SETTLED_SECONDS = 5;

  private static final Duration SETTLED = Duration.ofSeconds(SETTLED_SECONDS);

  /** Where very many files have the same head, or have changed, not every pair is compared. */
  private static final int MOST_COMPARED = 20;

  private final Content.Opener opener;
  private final DirectoryListing listing;
  private final Time time;
  private final Map<FileKey, Held> held = new LinkedHashMap<>();

  private final List<Found> renamed = new ArrayList<>();

  private record Held(Candidate candidate, TailedFile original, long size, long sinceNanos) {}

  HeldCopies(Content.Opener opener, DirectoryListing listing, Time time) {
    this.opener = opener;
    this.listing = listing;
    this.time = time;
  }

  boolean contains(FileKey key) {
    return held.containsKey(key);
  }

  void hold(Candidate candidate, TailedFile original) {
    held.put(
        candidate.key(), new Held(candidate, original, candidate.found().size(), time.nanos()));
  }

  /** The file being read that {@code content} is a copy of, or the beginning of one. */
  Optional<TailedFile> originalOf(
      Candidate candidate, Content content, Collection<TailedFile> files) throws IOException {
    List<TailedFile> likely = new ArrayList<>();
    Deque<TailedFile> changed = new ArrayDeque<>();
    Map<Integer, Long> hashes = new HashMap<>();
    for (TailedFile file : files) {
      if (file.key().equals(candidate.found().key())) {
        continue;
      }
      if (file.firstBytes().agreesWith(candidate.firstBytes())) {
        if (hasKnownHead(file, candidate, hashes)) {
          likely.add(0, file);
        } else if (file.lastStat().isUnread()) {
          likely.add(file);
        }
      } else if (!file.isArchive()) { // Archives are written only once.
        if (file.lastStat().size() < file.scanned().offset()) {
          changed.addFirst(file); // It was truncated, and begins with something else by now.
        } else if (file.lastStat().isUnread()) {
          changed.addLast(file); // It may have been truncated, and have grown past its old size.
        }
      }
    }
    Optional<TailedFile> original = firstAlike(likely, content);
    return original.isPresent() ? original : firstAlike(changed, content);
  }

  /** Whether the head of {@code file} is the candidate's, as far as both are known. */
  private static boolean hasKnownHead(
      TailedFile file, Candidate candidate, Map<Integer, Long> hashes) {
    int known = file.identity().headLength();
    FirstBytes first = candidate.firstBytes();
    return first.length() < known
        || file.identity().headHash()
            == hashes.computeIfAbsent(known, length -> first.fingerprint(length).hash());
  }

  private Optional<TailedFile> firstAlike(Collection<TailedFile> files, Content content)
      throws IOException {
    Map<Integer, Fingerprint> heads = new HashMap<>();
    int compared = 0;
    for (TailedFile file : files) {
      if (hasHead(file, content, heads)) {
        if (isAlike(file, content)) {
          return Optional.of(file);
        }
        compared++;
        if (compared == MOST_COMPARED) {
          break;
        }
      }
    }
    return Optional.empty();
  }

  private static boolean hasHead(TailedFile file, Content content, Map<Integer, Fingerprint> heads)
      throws IOException {
    int length = file.identity().headLength();
    // Unpacking to compare costs much, so archives are compared by what was last known.
    boolean archive = file.isArchive() || content.isArchive();
    if ((file.lastStat().isUnread() && !archive) || isShorter(content, length)) {
      return true;
    }
    Fingerprint head = heads.get(length);
    if (head == null) {
      head = Fingerprint.of(content, length);
      heads.put(length, head);
    }
    return head.hash() == file.identity().headHash();
  }

  private static boolean isShorter(Content content, int length) throws IOException {
    return length > 0 && content.read(new byte[1], 0, 1, length - 1L) < 1;
  }

  /** Whether one is the beginning of the other, as far as can be told from three places. */
  private boolean isAlike(TailedFile file, Content content) throws IOException {
    Checkpoint checkpoint = Checkpoint.of(file);
    try {
      Content original = file.open(opener);
      boolean truncated = !checkpoint.fits(original);
      boolean other =
          content.size() >= checkpoint.place().offset() && !checkpoint.place().isIn(content);
      if (other && !truncated) {
        return false;
      }
      // Last, for it may be truncated while the two are compared; then its copy is complete.
      return haveSameBytes(content, original)
          || (!checkpoint.fits(original) && checkpoint.fits(content));
    } catch (NoSuchFileException e) {
      return checkpoint.fits(content); // It is gone; what it has left will tell what this is.
    } catch (UnfinishedArchiveException e) {
      if (content.isArchive()) {
        throw e; // It will be known later.
      }
      return false;
    }
  }

  private static boolean haveSameBytes(Content one, Content other) throws IOException {
    long common = Math.min(one.dataSize(), other.dataSize());
    int head = (int) Math.min(common, Fingerprint.MOST);
    return common > 0
        && Fingerprint.of(one, head).equals(Fingerprint.of(other, head))
        && AnchoredOffset.in(one, common).isIn(other);
  }

  /** Lets go the files that are being read by now. */
  void forget(TailedFiles begun) {
    held.keySet().removeIf(begun::containsKey);
  }

  /** The files that are held because of {@code original}. */
  List<Candidate> allOf(TailedFile original) {
    return held.values().stream()
        .filter(one -> one.original().equals(original))
        .map(Held::candidate)
        .toList();
  }

  /**
   * Lets go the files that were held because of {@code original}, which is truncated now, or of
   * another that began alike: any of them can be its copy.
   */
  void releaseAllOf(TailedFile original) {
    held.values()
        .removeIf(
            one ->
                one.original().equals(original)
                    || one.candidate().firstBytes().agreesWith(original.firstBytes()));
  }

  /**
   * Whoever is not held any longer, with what to do with it.
   *
   * @param candidate as it is now
   * @param settled whether it is a separate file, whatever it looks like
   * @param moved the file that it is the copy of, if that was deleted after it was copied, as by a
   *     move to another file system
   */
  record Released(Candidate candidate, boolean settled, Optional<TailedFile> moved) {}

  /**
   * Files that are not held any longer.
   *
   * @param existing keys of the files that still exist
   */
  List<Released> released(Set<FileKey> existing, TailedFiles files) {
    List<Released> released = new ArrayList<>();
    for (Held one : List.copyOf(held.values())) {
      FileKey key = one.candidate().key();
      Optional<Found> now = whereabouts(one.candidate().found());
      if (now.isEmpty()) {
        held.remove(key);
      } else if (!now.get().real().equals(one.candidate().found().real())) {
        held.remove(key); // The next scan finds it again, if its new name is looked for.
        renamed.add(now.get());
      } else if (!files.contains(one.original())) {
        held.remove(key);
        released.add(new Released(one.candidate(), false, Optional.empty()));
      } else {
        look(one, existing).ifPresent(released::add);
      }
    }
    return released;
  }

  /** Where the file is now; one that was rotated has a name that need not be looked for. */
  private Optional<Found> whereabouts(Found found) {
    Path real = found.real();
    Optional<Entry> still =
        DirectoryListing.look(real).filter(entry -> entry.key().equals(found.key()));
    Path folder = real.getParent();
    return still.isPresent() || folder == null
        ? still.map(entry -> found)
        : listing.find(folder, found.key()).map(entry -> entry.in(found.group()));
  }

  /** Files that are not held any longer because they were renamed. */
  List<Found> takeRenamed() {
    List<Found> taken = List.copyOf(renamed);
    renamed.clear();
    return taken;
  }

  private boolean isNowhere(TailedFile original) {
    return Checkpoint.of(original).folders().stream()
        .allMatch(folder -> listing.find(folder, original.key()).isEmpty());
  }

  private Optional<Released> look(Held one, Set<FileKey> existing) {
    Candidate candidate = one.candidate();
    TailedFile original = one.original();
    try (Content content = opener.open(candidate.found().real())) {
      long size = Files.size(candidate.found().real());
      if (!Checkpoint.of(original).fits(original.open(opener))) {
        return Optional.empty(); // Its truncation will be noticed when it is read next.
      }
      if (!hasHead(original, content, new HashMap<>()) || !isAlike(original, content)) {
        return release(one, false, Optional.empty());
      }
      if (size != one.size()) {
        held.put(candidate.key(), new Held(candidate, original, size, time.nanos()));
        return Optional.empty();
      }
      Checkpoint read = Checkpoint.of(original);
      boolean deleted = !existing.contains(original.key()) && isNowhere(original);
      boolean beyondDoubt = read.isDistinct() && size >= Fingerprint.MOST;
      long waited = time.nanos() - one.sinceNanos();
      if (waited < SETTLED.toNanos()) {
        return Optional.empty();
      }
      if (deleted && beyondDoubt && !candidate.archive() && read.fits(content)) {
        return release(one, false, Optional.of(original));
      }
      // An archive beside its original is no separate file, however long it stays there.
      boolean settled =
          !candidate.archive() && (!beyondDoubt || waited >= patience(size).toNanos());
      return settled ? release(one, true, Optional.empty()) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty(); // Unknown for now.
    }
  }

  /** Whoever copies a file forces it to the disk before truncating the original, at some MB/s. */
  private static Duration patience(long size) {
    return Duration.ofSeconds(60 + (size >> 20));
  }

  private Optional<Released> release(Held one, boolean settled, Optional<TailedFile> moved) {
    held.remove(one.candidate().key());
    return Optional.of(new Released(one.candidate(), settled, moved));
  }
}
