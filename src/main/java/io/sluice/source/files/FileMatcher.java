package io.sluice.source.files;

import io.sluice.source.config.SourceConfig;
import io.sluice.source.config.SourceSettings.StartAt;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.Time;
import io.sluice.source.positions.AnchoredOffset;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides where reading begins of files that are not being read yet.
 *
 * <p>Such a file is, in this order: one that this source has read before (device, inode, head and
 * the bytes before its position fit); perhaps the copy that a copytruncate is just making of a file
 * being read, which is held back until that is clear; the new inode of a file that was replaced by
 * a longer version of itself; or new.
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
  private boolean firstStart;
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
      boolean firstStart) {
    this.source = source;
    this.config = config;
    this.finder = finder;
    this.time = time;
    this.checkpoints = checkpoints;
    this.files = files;
    this.probe = probe;
    this.held = held;
    this.firstStart = firstStart;
  }

  /** A scan has ended: from now on, unknown files are new ones. */
  void scanned() {
    firstStart = false;
    firstScan = false;
  }

  /**
   * The file's identity, if it can be known. An empty file has nothing to be known by yet, and
   * nothing to be read. At the first scan it may be one that was truncated.
   */
  Optional<Candidate> identify(Found found) {
    return found.size() == 0 && !firstScan ? Optional.empty() : probe.identify(found);
  }

  /** Goes on with a file that was read before. */
  boolean resume(Candidate candidate) {
    return probe.ask(
        candidate,
        content -> {
          Optional<Checkpoint> checkpoint = checkpoints.takeOwn(candidate.identity(), content);
          checkpoint.ifPresent(own -> files.add(candidate, own));
          return checkpoint.isPresent();
        });
  }

  /**
   * At the first scan, goes on with files that were renamed to names that are not looked for, while
   * nobody read them.
   */
  void findMovedAway() {
    if (!firstScan) {
      return;
    }
    Set<Path> directories = new HashSet<>();
    Set<String> inodes = new HashSet<>();
    for (Checkpoint checkpoint : checkpoints.all()) {
      inodes.add(Long.toString(checkpoint.file().inode()));
      DirectoryListing.directory(Path.of(checkpoint.file().path())).ifPresent(directories::add);
    }
    for (Path directory : directories) {
      for (Found found : DirectoryListing.in(directory, finder.firstGroup())) {
        if (!files.containsKey(found.key())
            && finder.find(found.path()).isEmpty()
            && DirectoryListing.inode(found).filter(inodes::contains).isPresent()) {
          identify(found).ifPresent(this::resume);
        }
      }
    }
  }

  /** Begins with a file that this source has never read. */
  void begin(Candidate candidate) {
    long limit = config.ignoreOlderThan().toMillis();
    Found found = candidate.found();
    boolean old = limit > 0 && found.modifiedMillis() < time.epochMillis() - limit;
    if (found.size() > 0 && !old) {
      // If that cannot be read now, nothing is decided, and the next scan asks again.
      probe.ask(candidate, content -> isKnown(candidate, content) || beginNew(candidate, content));
    }
  }

  private boolean isKnown(Candidate candidate, Content content) throws IOException {
    Optional<TailedFile> original = held.originalOf(candidate, content, files.all());
    if (original.isPresent()) {
      replaceOrHold(candidate, original.get());
      return true;
    }
    for (Checkpoint checkpoint : checkpoints.all()) {
      boolean proven =
          candidate.archive() ? isNamedAfter(checkpoint, candidate) : checkpoint.isDistinct();
      if (proven && checkpoint.fits(content)) {
        checkpoints.remove(checkpoint);
        files.add(candidate, checkpoint);
        return true;
      }
    }
    return false;
  }

  /** An archive is called as its original was, with more behind: app.log, app.log.1.gz. */
  private static boolean isNamedAfter(Checkpoint checkpoint, Candidate archive) {
    Path original = Path.of(checkpoint.file().path()).getFileName();
    Path name = archive.found().path().getFileName();
    return checkpoint.isDistinct()
        || (original != null && name != null && name.toString().startsWith(original.toString()));
  }

  private void replaceOrHold(Candidate candidate, TailedFile original) {
    Checkpoint checkpoint = Checkpoint.of(original);
    boolean replaced =
        candidate.found().path().equals(original.path())
            && candidate.found().size() >= checkpoint.place().offset()
            && checkpoint.isDistinct();
    if (replaced) {
      LOG.info("source '{}': {} was replaced by a version of itself", source, original);
      files.forget(original);
      checkpoints.takeAll(known -> original.ledger().equals(known.ledger()));
      files.add(candidate, checkpoint);
    } else {
      held.hold(candidate, original);
    }
  }

  /**
   * Begins with files that were held back and turned out to be files of their own.
   *
   * @param seen keys of the files that still exist
   */
  void beginReleased(Set<Object> seen) {
    for (Candidate candidate : held.released(seen, files.all())) {
      if (candidate.archive()) {
        begin(candidate); // Its original has gone by now and left a checkpoint.
      } else {
        probe.ask(candidate, content -> beginNew(candidate, content));
      }
    }
  }

  private boolean beginNew(Candidate candidate, Content content) throws IOException {
    boolean skip = firstStart && config.startAt() == StartAt.END;
    AnchoredOffset start =
        skip ? AnchoredOffset.in(content, content.dataSize()) : AnchoredOffset.START;
    TailedFile file = files.add(candidate, Checkpoint.of(start.in(candidate.identity(), source)));
    if (start.offset() > 0) {
      file.skipLine();
    }
    return true;
  }
}
