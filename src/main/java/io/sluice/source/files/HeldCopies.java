package io.sluice.source.files;

import io.sluice.source.machine.Content;
import io.sluice.source.machine.Time;
import io.sluice.source.machine.UnfinishedArchiveException;
import io.sluice.source.positions.AnchoredOffset;
import io.sluice.source.positions.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * New files whose content so far is that of a file being read. A copytruncate makes such a copy,
 * and truncates the original when it is complete; so they are not read until one of three things
 * happens. The original is truncated: then this is its copy. It gets bytes that the original does
 * not have: then it is a file of its own. Or nothing happens for {@value #SETTLED_SECONDS} seconds:
 * then it is taken for a file of its own, because a repeated line is better than a lost one.
 *
 * <p>Used by one thread.
 */
public final class HeldCopies {
  public static final int SETTLED_SECONDS = 5;

  /** Where very many files have the same head, or have changed, not every pair is compared. */
  private static final int MOST_COMPARED = 20;

  private final Content.Opener opener;
  private final Time time;
  private final Map<Object, Held> held = new LinkedHashMap<>();

  private record Held(Candidate candidate, TailedFile original, long size, long sinceNanos) {}

  HeldCopies(Content.Opener opener, Time time) {
    this.opener = opener;
    this.time = time;
  }

  boolean contains(Object key) {
    return held.containsKey(key);
  }

  void hold(Candidate candidate, TailedFile original) {
    held.put(
        candidate.found().key(),
        new Held(candidate, original, candidate.found().size(), time.nanos()));
  }

  /** The file being read that {@code content} is a copy of, or the beginning of one. */
  Optional<TailedFile> originalOf(
      Candidate candidate, Content content, Collection<TailedFile> files) throws IOException {
    List<TailedFile> likely = new ArrayList<>();
    Deque<TailedFile> changed = new ArrayDeque<>();
    for (TailedFile file : files) {
      if (file.key().equals(candidate.found().key())) {
        continue;
      }
      if (file.firstBytes().agreesWith(candidate.firstBytes())) {
        likely.add(file);
      } else if (file.isArchive()) {
        continue; // It is only written once.
      } else if (file.lastStat().size() < file.scanned().offset()) {
        changed.addFirst(file); // It was truncated, and begins with something else by now.
      } else if (file.lastStat().isUnread()) {
        changed.addLast(file); // It may have been truncated, and have grown past its old size.
      }
    }
    Optional<TailedFile> original = firstAlike(likely, content);
    return original.isPresent() ? original : firstAlike(changed, content);
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
    } catch (UnfinishedArchiveException e) {
      if (content.isArchive()) {
        throw e; // It will be known later.
      }
      return false;
    } catch (IOException e) {
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

  /** Lets go the files that were held because of {@code original}, which is truncated now. */
  void releaseAllOf(TailedFile original) {
    held.values().removeIf(one -> one.original().equals(original));
  }

  /**
   * Files that turned out to be files of their own.
   *
   * @param existing keys of the files that still exist
   * @param files the files being read
   */
  List<Candidate> released(Set<Object> existing, Collection<TailedFile> files) {
    List<Candidate> released = new ArrayList<>();
    var still = new ArrayList<Held>();
    for (Iterator<Held> all = held.values().iterator(); all.hasNext(); ) {
      Held one = all.next();
      if (!existing.contains(one.candidate().found().key())) {
        all.remove();
        continue;
      }
      Optional<Held> next = files.contains(one.original()) ? look(one) : Optional.empty();
      if (next.isEmpty()) {
        all.remove();
        released.add(one.candidate());
      } else {
        still.add(next.get());
      }
    }
    still.forEach(one -> held.put(one.candidate().found().key(), one));
    return released;
  }

  private Optional<Held> look(Held one) {
    Path path = one.candidate().found().path();
    try (Content content = opener.open(path)) {
      long size = Files.size(path);
      if (!Checkpoint.of(one.original()).fits(one.original().open(opener))) {
        return Optional.of(one); // Its truncation will be noticed when it is read next.
      }
      if (!hasHead(one.original(), content, new HashMap<>()) || !isAlike(one.original(), content)) {
        return Optional.empty();
      }
      if (size != one.size()) {
        return Optional.of(new Held(one.candidate(), one.original(), size, time.nanos()));
      }
      // An archive beside its original is no file of its own, however long it stays there.
      boolean settled =
          !one.candidate().archive()
              && time.nanos() - one.sinceNanos() >= Duration.ofSeconds(SETTLED_SECONDS).toNanos();
      return settled ? Optional.empty() : Optional.of(one);
    } catch (UnfinishedArchiveException e) {
      return Optional.of(one);
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
