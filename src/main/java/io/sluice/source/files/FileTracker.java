package io.sluice.source.files;

import io.sluice.logging.Shown;
import io.sluice.source.config.SourceConfig;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.files.Truncations.Missed;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.Environment;
import io.sluice.source.machine.Time;
import io.sluice.source.metrics.SourceMetrics;
import io.sluice.source.positions.PositionFile;
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
 * Knows which files there are, and which of them are which under whatever name: notices those that
 * are new, have changed, were renamed, or are gone.
 *
 * <p>Used by one thread.
 */
public final class FileTracker {
  private static final Logger LOG = LoggerFactory.getLogger(FileTracker.class);

  private final String source;
  private final SourceConfig config;
  private final Content.Opener opener;
  private final Finder finder;
  private final Time time;
  private final SourceMetrics metrics;
  private final TailedFiles files;
  private final Probe probe;
  private final Truncations truncations;
  private final HeldCopies held;
  private final FileMatcher matcher;

  public FileTracker(
      String source,
      SourceConfig config,
      Environment environment,
      Finder finder,
      PositionFile.Loaded loaded,
      SourceMetrics metrics,
      Consumer<TailedFile> ready) {
    this.source = source;
    this.config = config;
    this.opener = environment.opener();
    this.finder = finder;
    this.time = environment.time();
    Checkpoints checkpoints = new Checkpoints(source, loaded.positions(), loaded.imported());
    this.metrics = metrics;
    this.files =
        new TailedFiles(source, config.headers(), time, checkpoints, loaded.moved(), ready);
    this.probe = new Probe(source, opener, metrics, time);
    this.truncations = new Truncations(source, files, checkpoints, finder, probe, opener, metrics);
    this.held = new HeldCopies(opener, time);
    this.matcher =
        new FileMatcher(
            source, config, finder, time, checkpoints, files, probe, held, !loaded.existed());
  }

  /** Looks for new, changed, renamed and vanished files. */
  public void scan() {
    List<Candidate> unknown = new ArrayList<>();
    Set<Object> seen = new HashSet<>();
    for (Found found : finder.findAll()) {
      seen.add(found.key());
      see(found).ifPresent(unknown::add);
    }
    List<Candidate> fresh = new ArrayList<>(unknown);
    fresh.removeIf(matcher::resume);
    matcher.findMovedAway();
    // Before anything new is begun: a truncation is what makes another file a copy.
    List<Missed> missed = truncations.whileAway(unknown, fresh);
    matcher.beginReleased(seen);
    fresh.forEach(matcher::begin);
    missed.forEach(truncations::lost);
    List<TailedFile> missing =
        files.all().stream().filter(file -> !seen.contains(file.key())).toList();
    missing.forEach(this::miss);
    files.all().forEach(file -> file.lastStat().named(seen.contains(file.key())));
    matcher.scanned();
  }

  /** Looks at one file of which a change was signalled. */
  public void changed(Path path) {
    finder
        .find(path)
        .flatMap(this::see)
        .filter(candidate -> !matcher.resume(candidate))
        .ifPresent(matcher::begin);
  }

  /**
   * The bytes before the place that {@code file} was read to are not what they were: the file was
   * truncated, or its inode was given to another. What is there now may be anything, even the copy
   * of another file; so it is looked at like a new file. So are others of which the same is to be
   * seen, or the copy of this file would not be known for one.
   */
  public void truncated(TailedFile file) {
    List<TailedFile> ended = new ArrayList<>(List.of(file));
    for (Found found : finder.findAll()) {
      files.get(found.key()).filter(other -> isReplaced(other, found, file)).ifPresent(ended::add);
    }
    for (TailedFile one : ended) {
      files.end(one);
      held.releaseAllOf(one);
    }
    List<Candidate> fresh = new ArrayList<>();
    // Looked for only now: what was truncated while it was looked at has its copy by now, too.
    finder.findAll().forEach(found -> see(found).ifPresent(fresh::add));
    fresh.removeIf(matcher::resume);
    List<Missed> missed = new ArrayList<>();
    ended.forEach(one -> truncations.findRest(one, fresh).ifPresent(missed::add));
    fresh.forEach(matcher::begin);
    missed.forEach(truncations::lost);
  }

  /** Whether there is something else now where another file than {@code noticed} was read. */
  private boolean isReplaced(TailedFile other, Found found, TailedFile noticed) {
    if (other.equals(noticed)) {
      return false;
    }
    note(other, found);
    try {
      return other.lastStat().isUnread() && !Checkpoint.of(other).fits(other.open(opener));
    } catch (IOException e) {
      return false;
    }
  }

  /** Notes what is to be seen of a file; returns it if it is not being read yet. */
  private Optional<Candidate> see(Found found) {
    Optional<TailedFile> known = files.get(found.key());
    if (known.isPresent()) {
      note(known.get(), found);
      return Optional.empty();
    }
    return held.contains(found.key()) ? Optional.empty() : matcher.identify(found);
  }

  private void note(TailedFile file, Found found) {
    if (!file.path().equals(found.path()) && !isStillNamed(file)) {
      LOG.info("source '{}': {} is now called {}", source, file, Shown.of(found.path()));
      file.renamed(found.path());
      metrics.rotated();
    }
    file.lastStat().add(found.size(), found.modifiedMillis(), time);
    if (file.lastStat().isUnread() || file.isPadded()) {
      files.ready(file);
    }
  }

  private static boolean isStillNamed(TailedFile file) {
    try {
      Object key = Files.readAttributes(file.path(), BasicFileAttributes.class).fileKey();
      return file.key().equals(key);
    } catch (IOException e) {
      return false;
    }
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
        DirectoryListing.of(file.path(), file.group()).stream()
            .filter(sibling -> sibling.key().equals(file.key()))
            .findFirst();
    if (moved.isPresent() && moved.get().size() != file.scanned().offset()) {
      file.renamed(moved.get().path());
      file.lastStat().add(moved.get().size(), moved.get().modifiedMillis(), time);
      files.ready(file);
      return;
    }
    if (moved.isEmpty() && file.lag() > 0) {
      truncations.lost(
          new Gap(file, file.toString(), file.read().offset(), file.lastStat().size()));
    }
    files.forget(file);
  }

  /** Read to its end, and has not grown for a while; however long the channel is full. */
  private boolean isDone(TailedFile file) {
    if (time.nanos() - file.lastStat().activeNanos() < config.idleTimeout().toNanos()) {
      return false;
    }
    try {
      return file.open(opener).dataSize() <= file.scanned().offset();
    } catch (IOException e) {
      return true;
    }
  }

  /**
   * Does what only time brings about: closes idle files, gives up waiting for the end of a line.
   */
  public void settle() {
    for (TailedFile file : files.all()) {
      if (file.isOpen() && file.lastStat().isNamed() && isDone(file)) {
        files.close(file);
      }
      Duration patience = file.patience(config.lines());
      boolean waited = time.nanos() - file.lastStat().activeNanos() >= patience.toNanos();
      if (file.hasPartial() && !patience.isZero() && waited) {
        file.flush();
        files.ready(file);
      }
    }
    files.dropSettled();
  }

  public TailedFiles files() {
    return files;
  }

  /** The next stretch of lost bytes that nobody was told about yet. */
  public Optional<Gap> nextGap() {
    return truncations.nextGap();
  }

  public void cannotRead(TailedFile file, IOException cause) {
    files.close(file);
    probe.cannotRead(file.path(), cause);
    file.lastStat().add(-1, -1, time);
  }
}
