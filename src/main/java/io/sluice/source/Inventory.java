package io.sluice.source;

import io.sluice.source.Finder.Found;
import io.sluice.source.SourceKeys.StartAt;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows which files there are, which of them are which under whatever name, and where reading of
 * each begins.
 *
 * <p>A file that was not seen before is, in this order: one that this source has read before
 * (device, inode, head and the bytes before its position fit); perhaps the copy that a copytruncate
 * is just making of a file being read, which is held back until that is clear; the new inode of a
 * file that was replaced by a longer version of itself; or new.
 *
 * <p>Used by one thread.
 */
final class Inventory {
  private static final Logger log = LoggerFactory.getLogger(Inventory.class);

  /** Coarser than the time stamps of any file system that logs are written to. */
  private static final long STAMP_MILLIS = 2_000;

  private final String source;
  private final SourceConfig config;
  private final Content.Opener opener;
  private final Finder finder;
  private final Time time;
  private final Traces traces;
  private final LogFileSourceCounter counter;
  private final FileTable files;
  private final Candidates candidates;
  private final Truncations truncations;
  private final HeldCopies held;
  private boolean firstStart;
  private boolean firstScan = true;

  Inventory(
      String source,
      SourceConfig config,
      Surroundings surroundings,
      Finder finder,
      PositionFile.Loaded loaded,
      LogFileSourceCounter counter,
      Consumer<TailedFile> ready) {
    this.source = source;
    this.config = config;
    this.opener = surroundings.opener();
    this.finder = finder;
    this.time = surroundings.time();
    this.traces = new Traces(loaded.positions(), loaded.imported());
    this.counter = counter;
    this.files = new FileTable(source, config.headers(), time, traces, loaded.moved(), ready);
    this.candidates = new Candidates(source, opener, time);
    this.truncations = new Truncations(source, files, traces, finder, candidates, opener, counter);
    this.held = new HeldCopies(opener, time);
    this.firstStart = !loaded.existed();
  }

  /** Looks for new, changed, renamed and vanished files. */
  void scan() {
    List<Candidate> unknown = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (Found found : finder.findAll()) {
      seen.add(found.key());
      see(found).ifPresent(unknown::add);
    }
    List<Candidate> fresh = new ArrayList<>(unknown);
    fresh.removeIf(this::resume);
    if (firstScan) {
      findMovedAway();
    }
    // Before anything new is begun: a truncation is what makes another file a copy.
    unknown.forEach(candidate -> truncations.whileAway(candidate, fresh));
    beginReleased(seen);
    fresh.forEach(this::begin);
    List<TailedFile> missing =
        files.all().stream().filter(file -> !seen.contains(file.key())).toList();
    missing.forEach(this::miss);
    files.all().forEach(file -> file.sightings().named(seen.contains(file.key())));
    firstStart = false;
    firstScan = false;
  }

  /** Looks at one file of which a change was signalled. */
  void changed(Path path) {
    finder
        .find(path)
        .flatMap(this::see)
        .filter(candidate -> !resume(candidate))
        .ifPresent(this::begin);
  }

  /**
   * The bytes before the place that {@code file} was read to are not what they were: the file was
   * truncated, or its inode was given to another.
   */
  void truncated(TailedFile file) {
    TailedFile next = truncations.restart(file);
    held.releaseAllOf(file);
    List<Candidate> fresh = new ArrayList<>();
    for (Found found : finder.findAll()) {
      if (!files.containsKey(found.key()) && !held.contains(found.key())) {
        identify(found).ifPresent(fresh::add);
      }
    }
    fresh.removeIf(this::resume);
    truncations.findRest(file, next, fresh);
    fresh.forEach(this::begin);
  }

  /** Notes what is to be seen of a file; returns it if it is not being read yet. */
  private Optional<Candidate> see(Found found) {
    Optional<TailedFile> known = files.get(found.key());
    if (known.isEmpty()) {
      return held.contains(found.key()) ? Optional.empty() : identify(found);
    }
    TailedFile file = known.get();
    if (!file.path().equals(found.path()) && !isStillNamed(file)) {
      log.info("source '{}': {} is now called {}", source, file, found.path());
      file.renamed(found.path());
      counter.rotated();
    }
    boolean changed = file.sightings().add(found.size(), found.modifiedMillis(), time.nanos());
    if (changed || found.modifiedMillis() > time.epochMillis() - STAMP_MILLIS) {
      files.ready(file);
    }
    return Optional.empty();
  }

  private static boolean isStillNamed(TailedFile file) {
    try {
      Object key = Files.readAttributes(file.path(), BasicFileAttributes.class).fileKey();
      return file.key().equals(key);
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * An empty file has nothing to be known by yet, and nothing to be read. At the first scan it may
   * be one that was truncated.
   */
  private Optional<Candidate> identify(Found found) {
    return found.size() == 0 && !firstScan ? Optional.empty() : candidates.identify(found);
  }

  /** Goes on with a file that was read before. */
  private boolean resume(Candidate candidate) {
    return candidates.ask(
        candidate,
        content -> {
          Optional<Trace> trace = traces.takeOwn(candidate.identity(), content);
          trace.ifPresent(own -> files.add(candidate, own));
          return trace.isPresent();
        });
  }

  /** Files that were renamed to names that are not looked for, while nobody read them. */
  private void findMovedAway() {
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
  private void begin(Candidate candidate) {
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
      traces.takeAll(known -> original.equals(known.reader()));
      files.add(candidate, trace);
    } else {
      held.hold(candidate, original);
    }
  }

  private void beginReleased(Set<Object> seen) {
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
          TailedFile file = files.add(candidate, new Trace(candidate.identity(), start, null));
          if (start.offset() > 0) {
            file.skipLine();
          }
          return true;
        });
  }

  /** The file is under none of the names looked for. It is read to its end, then let go. */
  private void miss(TailedFile file) {
    if (file.isOpen()) {
      if (!isDone(file)) {
        files.ready(file);
      } else if (file.hasPartial()) {
        file.flush();
        files.ready(file);
      } else {
        files.forget(file);
      }
      return;
    }
    Optional<Found> moved =
        Siblings.of(file.path(), file.group()).stream()
            .filter(sibling -> sibling.key().equals(file.key()))
            .findFirst();
    if (moved.isPresent() && moved.get().size() != file.scanned().offset()) {
      file.renamed(moved.get().path());
      file.sightings().add(moved.get().size(), moved.get().modifiedMillis(), time.nanos());
      files.ready(file);
      return;
    }
    if (moved.isEmpty() && file.lag() > 0) {
      truncations.lost(
          new Gap(file, file.toString(), file.read().offset(), file.sightings().size()));
    }
    files.forget(file);
  }

  /** Read to its end, and has not grown for a while; however long the channel is full. */
  private boolean isDone(TailedFile file) {
    if (time.nanos() - file.sightings().activeNanos() < config.idleTimeout().toNanos()) {
      return false;
    }
    try {
      return file.open(opener).size() == file.scanned().offset();
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Does what only time brings about: closes idle files, gives up waiting for the end of a line.
   */
  void settle() {
    for (TailedFile file : files.all()) {
      if (file.isOpen() && file.sightings().isNamed() && isDone(file)) {
        files.close(file);
      }
      Duration patience = file.patience(config.lines());
      boolean waited = time.nanos() - file.sightings().activeNanos() >= patience.toNanos();
      if (file.hasPartial() && !patience.isZero() && waited) {
        file.flush();
        files.ready(file);
      }
    }
    files.dropSettled();
    counter.show(files.all(), files.openFiles());
  }

  FileTable files() {
    return files;
  }

  void addGaps(Batch batch) {
    truncations.addGaps(batch);
  }

  void cannotRead(TailedFile file, IOException cause) {
    files.close(file);
    candidates.cannotRead(file.path(), cause);
    file.sightings().add(-1, -1, time.nanos());
  }
}
