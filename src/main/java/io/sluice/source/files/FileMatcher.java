package io.sluice.source.files;

import io.sluice.source.config.SourceConfig;
import io.sluice.source.config.SourceSettings.StartAt;
import io.sluice.source.files.DirectoryListing.Entry;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.files.HeldCopies.Released;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.Time;
import io.sluice.source.positions.AnchoredOffset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides what a file is that is not being read yet, and so where reading begins; {@link #match} is
 * the list.
 *
 * <p>Used by one thread.
 */
final class FileMatcher {
  private static final Logger LOG = LoggerFactory.getLogger(FileMatcher.class);

  private final String source;
  private final SourceConfig config;
  private final Finder finder;
  private final Time time;
  private final Checkpoints checkpoints;
  private final TailedFiles files;
  private final Probe probe;
  private final HeldCopies held;
  private final DirectoryListing listing;

  /** Files with lines that were there at the first start of all, if it is to leave them out. */
  private final Set<FileKey> leftOut = new HashSet<>();

  private final boolean leavesOut;
  private boolean firstScan = true;

  /**
   * @param firstStart whether the source has no positions from an earlier run
   */
  FileMatcher(
      String source,
      SourceConfig config,
      Finder finder,
      Time time,
      Checkpoints checkpoints,
      TailedFiles files,
      Probe probe,
      HeldCopies held,
      DirectoryListing listing,
      boolean firstStart) {
    this.source = source;
    this.config = config;
    this.finder = finder;
    this.time = time;
    this.checkpoints = checkpoints;
    this.files = files;
    this.probe = probe;
    this.held = held;
    this.listing = listing;
    this.leavesOut = firstStart && config.startAt() == StartAt.END;
  }

  /**
   * A scan has ended: from now on, unknown files are new ones.
   *
   * @param seen keys of the files that exist
   */
  void scanned(Set<FileKey> seen) {
    firstScan = false;
    leftOut.retainAll(seen);
  }

  /**
   * The file's identity, if it can be known. An empty file has nothing to be known by yet, and
   * nothing to be read. At the first scan it may be one that was truncated.
   */
  Optional<Candidate> identify(Found found) {
    if (firstScan && leavesOut && found.size() > 0) {
      leftOut.add(found.key());
    }
    return found.size() == 0 && !firstScan ? Optional.empty() : probe.identify(found);
  }

  /** Whether this source has read the file before; if so, continues there. */
  Answer resume(Candidate candidate) {
    return probe.ask(candidate, content -> isOwn(candidate, content));
  }

  /** Begins with a file that this source has never read, unless that cannot be known yet. */
  void begin(Candidate candidate) {
    long limit = config.ignoreOlderThan().toMillis();
    Found found = candidate.found();
    boolean old = limit > 0 && found.modifiedMillis() < time.epochMillis() - limit;
    if (found.size() > 0
        && !old
        && probe.ask(candidate, content -> match(candidate, content)) == Answer.NO) {
      beginNew(candidate);
    }
  }

  /** Whether the content is known. The order matters: the surest comes first. */
  private boolean match(Candidate candidate, Content content) throws IOException {
    return isOwn(candidate, content) // read before, under this name or another
        || (candidate.archive()
            && isContinued(candidate, content)) // what was not compressed is gone
        || isCopy(candidate, content) // being copied from a file that is read, or replacing it
        || isContinued(candidate, content); // read before as another file that is gone
  }

  private boolean isOwn(Candidate candidate, Content content) throws IOException {
    Optional<Checkpoint> own = checkpoints.takeOwn(candidate.identity(), content);
    own.ifPresent(checkpoint -> files.add(candidate, checkpoint));
    return own.isPresent();
  }

  private boolean isCopy(Candidate candidate, Content content) throws IOException {
    Optional<TailedFile> original = held.originalOf(candidate, content, files.all());
    if (original.isPresent()) {
      replaceOrHold(candidate, original.get());
    }
    return original.isPresent();
  }

  private boolean isContinued(Candidate candidate, Content content) throws IOException {
    Path name = candidate.found().real();
    FirstBytes first = candidate.firstBytes();
    Optional<Checkpoint> before =
        checkpoints.takeFitting(
            first, content, known -> candidate.archive() && known.isNamedJustBy(name));
    Predicate<Checkpoint> likely =
        known -> known.isDistinct() || (candidate.archive() && known.isNamedBy(name));
    if (before.isEmpty()) {
      before = checkpoints.takeFitting(first, content, likely);
    }
    if (before.isEmpty()) {
      Predicate<Checkpoint> another = known -> !known.key().equals(candidate.key());
      before = files.truncated().takeFitting(first, content, likely.and(another));
    }
    before.ifPresent(checkpoint -> files.add(candidate, checkpoint));
    return before.isPresent();
  }

  private void replaceOrHold(Candidate candidate, TailedFile original) {
    Checkpoint checkpoint = Checkpoint.of(original);
    boolean replaced =
        candidate.found().path().equals(original.path())
            && candidate.found().size() >= checkpoint.place().offset()
            && checkpoint.isDistinct();
    if (replaced) {
      LOG.info("source '{}': {} was replaced by a version of itself", source, original);
      takeOver(candidate, original);
    } else if (leftOut.contains(candidate.key())
        && candidate.found().size() >= original.lastStat().size()) {
      beginNew(candidate); // Nothing of it is to be read, whatever it is; the next start must know.
    } else {
      held.hold(candidate, original);
    }
  }

  /** Continues in {@code candidate} where {@code original} was read to. */
  private void takeOver(Candidate candidate, TailedFile original) {
    files.end(original);
    files.add(candidate, Checkpoint.of(original));
  }

  /**
   * Begins with files that were held back and turned out to be separate files.
   *
   * @param seen keys of the files that still exist
   */
  void beginReleased(Set<FileKey> seen) {
    for (Released released : held.released(seen, files)) {
      if (released.moved().isPresent()) {
        LOG.info("source '{}': {} was moved here", source, released.moved().get());
        takeOver(released.candidate(), released.moved().get());
      } else if (released.settled()) {
        beginNew(released.candidate());
      } else {
        begin(released.candidate()); // Its original has gone, or has become another file.
      }
    }
    for (Found renamed : held.takeRenamed()) {
      if (!finder.finds(renamed.path(), renamed.key())) {
        identify(renamed).ifPresent(this::begin);
      }
    }
  }

  /** Whether nothing was looked at before. */
  boolean isFirstScan() {
    return firstScan;
  }

  /**
   * Begins with a file that nobody would find again after a crash, so that its position is known
   * before it has a line.
   */
  void beginUnseen(Candidate candidate) {
    begin(candidate);
    files.get(candidate.key()).ifPresent(files::announce);
  }

  private void beginNew(Candidate candidate) {
    boolean skip = leftOut.remove(candidate.key());
    probe.ask(
        candidate,
        content -> {
          AnchoredOffset start =
              skip ? AnchoredOffset.in(content, content.dataSize()) : AnchoredOffset.START;
          TailedFile file =
              files.add(candidate, Checkpoint.of(start.in(candidate.identity(), source)));
          if (start.offset() > 0) {
            file.skipLine();
          }
          return true;
        });
  }

  /**
   * At the first scan, continues with files that were renamed to names that are not looked for, or
   * compressed, while nobody read them.
   *
   * @return those that were truncated besides
   */
  List<Candidate> findMovedAway() {
    List<Candidate> truncated = new ArrayList<>();
    if (!firstScan) {
      return truncated;
    }
    Map<Long, Checkpoint> byInode = new HashMap<>();
    Set<Path> folders = new LinkedHashSet<>();
    for (Checkpoint checkpoint : checkpoints.all()) {
      byInode.put(checkpoint.file().inode(), checkpoint);
      folders.addAll(checkpoint.folders());
    }
    List<Entry> archives = new ArrayList<>();
    for (Path folder : folders) {
      for (Entry entry : listing.of(folder)) {
        Checkpoint checkpoint = byInode.get(entry.key().inode());
        if (files.containsKey(entry.key()) || finder.finds(entry.path(), entry.key())) {
          continue;
        }
        if (checkpoint != null) {
          probe
              .identify(entry.in(finder.groupOf(checkpoint.path())))
              .filter(candidate -> resume(candidate) == Answer.NO)
              .filter(candidate -> checkpoint.mayBeCalled(entry.path()))
              .ifPresent(truncated::add);
        } else if (entry.isCompressed()) {
          archives.add(entry);
        }
      }
    }
    archives.forEach(this::continueIn);
    return truncated;
  }

  /** Continues in an archive if it is the file of a checkpoint that is named like it. */
  private void continueIn(Entry archive) {
    Optional<Checkpoint> named =
        checkpoints.all().stream().filter(known -> known.isNamedBy(archive.path())).findFirst();
    if (named.isPresent()) {
      probe
          .identify(archive.in(finder.groupOf(named.get().path())))
          .filter(Candidate::archive)
          .ifPresent(candidate -> probe.ask(candidate, content -> isContinued(candidate, content)));
    }
  }

  /**
   * Files that were rotated out of sight before anybody saw them: between two looks the log was
   * rotated twice, or more often. They are named after it, and were written after what was at its
   * name at the last look.
   */
  List<Candidate> rotatedUnseen(Collection<Candidate> arrived) {
    Set<Path> taken = new HashSet<>();
    arrived.forEach(candidate -> taken.add(candidate.found().path()));
    return rotatedUnseen(before -> taken.contains(before.path()));
  }

  /** The same after a look at everything, where nothing may be at the log's name by now. */
  List<Candidate> rotatedUnseenOf(Set<FileKey> seen) {
    return rotatedUnseen(before -> before.lastStat().isNamed() && !seen.contains(before.key()));
  }

  private List<Candidate> rotatedUnseen(Predicate<TailedFile> lostName) {
    return firstScan
        ? List.of()
        : files.all().stream()
            .filter(lostName)
            .flatMap(before -> rotatedAfter(before).stream())
            .toList();
  }

  /** The log of that name, which no link leads to any more, or a rotated one. */
  private static boolean mayFollow(Path log, Path path) {
    return path.equals(log) || RotatedName.isOf(log, path);
  }

  private List<Candidate> rotatedAfter(TailedFile before) {
    List<Candidate> rotated = new ArrayList<>();
    Path folder = before.real().getParent();
    for (Entry entry : folder == null ? List.<Entry>of() : listing.of(folder)) {
      if (entry.modifiedMillis() >= before.lastStat().modifiedMillis()
          && mayFollow(before.real(), entry.path())
          && !files.containsKey(entry.key())
          && !held.contains(entry.key())
          && !finder.finds(entry.path(), entry.key())) {
        identify(entry.in(before.group())).ifPresent(rotated::add);
      }
    }
    return rotated;
  }
}
