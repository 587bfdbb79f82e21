package io.sluice.source;

import io.sluice.source.Finder.Found;
import io.sluice.source.SourceKeys.StartAt;
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
final class Arrivals {
  private static final Logger log = LoggerFactory.getLogger(Arrivals.class);

  private final String source;
  private final SourceConfig config;
  private final Finder finder;
  private final Time time;
  private final Traces traces;
  private final FileTable files;
  private final Candidates candidates;
  private final HeldCopies held;
  private boolean firstStart;
  private boolean firstScan = true;

  /**
   * @param firstStart whether the source has no positions from an earlier run
   */
  Arrivals(
      String source,
      SourceConfig config,
      Finder finder,
      Time time,
      Traces traces,
      FileTable files,
      Candidates candidates,
      HeldCopies held,
      boolean firstStart) {
    this.source = source;
    this.config = config;
    this.finder = finder;
    this.time = time;
    this.traces = traces;
    this.files = files;
    this.candidates = candidates;
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
    return found.size() == 0 && !firstScan ? Optional.empty() : candidates.identify(found);
  }

  /** Goes on with a file that was read before. */
  boolean resume(Candidate candidate) {
    return candidates.ask(
        candidate,
        content -> {
          Optional<Trace> trace = traces.takeOwn(candidate.identity(), content);
          trace.ifPresent(own -> files.add(candidate, own));
          return trace.isPresent();
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
    for (Trace trace : traces.all()) {
      inodes.add(Long.toString(trace.file().inode()));
      Siblings.directory(Path.of(trace.file().path())).ifPresent(directories::add);
    }
    for (Path directory : directories) {
      for (Found found : Siblings.in(directory, finder.firstGroup())) {
        if (!files.containsKey(found.key())
            && finder.find(found.path()).isEmpty()
            && Siblings.inode(found).filter(inodes::contains).isPresent()) {
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
    if (found.size() > 0 && !old && !candidates.ask(candidate, in -> isKnown(candidate, in))) {
      beginNew(candidate);
    }
  }

  private boolean isKnown(Candidate candidate, Content content) throws IOException {
    Optional<TailedFile> original = held.originalOf(candidate, content, files.all());
    if (original.isPresent()) {
      replaceOrHold(candidate, original.get());
      return true;
    }
    for (Trace trace : traces.all()) {
      boolean proven = candidate.archive() ? isNamedAfter(trace, candidate) : trace.isDistinct();
      if (proven && trace.fits(content)) {
        traces.remove(trace);
        files.add(candidate, trace);
        return true;
      }
    }
    return false;
  }

  /** An archive is called as its original was, with more behind: app.log, app.log.1.gz. */
  private static boolean isNamedAfter(Trace trace, Candidate archive) {
    Path original = Path.of(trace.file().path()).getFileName();
    Path name = archive.found().path().getFileName();
    return trace.isDistinct()
        || (original != null && name != null && name.toString().startsWith(original.toString()));
  }

  private void replaceOrHold(Candidate candidate, TailedFile original) {
    Trace trace = Trace.of(original);
    boolean replaced =
        candidate.found().path().equals(original.path())
            && candidate.found().size() >= trace.place().offset()
            && trace.isDistinct();
    if (replaced) {
      log.info("source '{}': {} was replaced by a version of itself", source, original);
      files.forget(original);
      traces.takeAll(known -> original.ledger().equals(known.ledger()));
      files.add(candidate, trace);
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
        begin(candidate); // Its original has gone by now and left a trace.
      } else {
        beginNew(candidate);
      }
    }
  }

  private void beginNew(Candidate candidate) {
    boolean skip = firstStart && config.startAt() == StartAt.END;
    candidates.ask(
        candidate,
        content -> {
          Place start = skip ? Place.in(content, content.size()) : Place.START;
          TailedFile file = files.add(candidate, Trace.of(start.in(candidate.identity(), source)));
          if (start.offset() > 0) {
            file.skipLine();
          }
          return true;
        });
  }
}
