package io.sluice.source.files;

import io.sluice.logging.Shown;
import io.sluice.source.config.SourceConfig;
import io.sluice.source.files.DirectoryListing.Entry;
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
  private final DirectoryListing listing;
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
    this.files = new TailedFiles(source, config.headers(), time, checkpoints, loaded.kept(), ready);
    this.probe = new Probe(source, opener, metrics, time);
    this.listing = new DirectoryListing(source, time);
    this.truncations =
        new Truncations(source, files, checkpoints, finder, probe, opener, listing, metrics);
    this.held = new HeldCopies(opener, listing, time);
    this.matcher =
        new FileMatcher(
            source,
            config,
            finder,
            time,
            checkpoints,
            files,
            probe,
            held,
            listing,
            !loaded.existed());
  }

  /** Looks for new, changed, renamed and vanished files. */
  public void scan() {
    probe.nextScan();
    listing.expire();
    List<Candidate> arrived = new ArrayList<>();
    Set<FileKey> seen = new HashSet<>();
    for (Found found : finder.findAll()) {
      seen.add(found.key());
      see(found).ifPresent(arrived::add);
    }
    List<Candidate> fresh = notRead(arrived);
    for (Candidate truncated : matcher.findMovedAway()) {
      arrived.add(truncated);
      fresh.add(truncated);
    }
    // Before anything new is begun: a truncation is what makes another file a copy.
    List<Missed> missed = truncations.whileAway(arrived, fresh);
    matcher.beginReleased(seen);
    notRead(matcher.rotatedUnseenOf(seen)).forEach(matcher::beginUnseen);
    begin(fresh);
    if (matcher.isFirstScan()) {
      missed.addAll(truncations.replacedWhileAway(fresh));
    }
    missed.forEach(truncations::lost);
    List<TailedFile> missing =
        files.all().stream().filter(file -> !seen.contains(file.key())).toList();
    files.all().forEach(file -> file.lastStat().named(seen.contains(file.key()), time.nanos()));
    missing.forEach(this::miss);
    matcher.scanned(seen);
    files.forgetOldest();
  }

  /**
   * Continues with files that were read before, and returns those that were not. Those of which
   * that cannot be known now are in neither; the next scan finds them again.
   */
  private List<Candidate> notRead(List<Candidate> arrived) {
    List<Candidate> fresh = new ArrayList<>();
    for (Candidate candidate : List.copyOf(arrived)) {
      switch (matcher.resume(candidate)) {
        case NO -> fresh.add(candidate);
        case UNKNOWN -> arrived.remove(candidate);
        case YES -> {}
      }
    }
    return fresh;
  }

  private void begin(List<Candidate> fresh) {
    notRead(matcher.rotatedUnseen(fresh)).forEach(matcher::beginUnseen);
    fresh.forEach(matcher::begin);
  }

  /** How long looking for files took the last time, without what was done with them. */
  public long lastScanNanos() {
    return finder.lastNanos();
  }

  /**
   * Looks for the last time: a file that was renamed just now is read again by the next source, one
   * that is gone is not, unless its archive or copy is there to be read.
   */
  public void scanForTheLastTime() {
    scan();
    for (TailedFile file : List.copyOf(files.all())) {
      if (!file.isThere()) {
        truncations.continueIn(held.allOf(file), file);
      }
    }
  }

  /** Looks at one file of which a change was signalled, or into a new folder. */
  public void changed(Path path) {
    Optional<Found> file = finder.find(path);
    List<Candidate> arrived = new ArrayList<>();
    for (Found found : file.map(List::of).orElseGet(() -> finder.below(path))) {
      see(found).ifPresent(arrived::add);
    }
    if (!arrived.isEmpty()) {
      listing.expire();
      begin(notRead(arrived));
    }
  }

  /**
   * The bytes before the place that {@code file} was read to are not what they were: the file was
   * truncated, or its inode was given to another. What is there now may be anything, even the copy
   * of another file; so it is looked at like a new file. So are others of which the same is to be
   * seen, or the copy of this file would not be known for one.
   */
  public void truncated(TailedFile file) {
    List<TailedFile> ended = new ArrayList<>(List.of(file));
    Set<FileKey> seen = new HashSet<>();
    listing.expire();
    for (Found found : finder.findAll()) {
      seen.add(found.key());
      files.get(found.key()).filter(other -> isReplaced(other, found, file)).ifPresent(ended::add);
    }
    for (TailedFile other : List.copyOf(files.all())) {
      if (!seen.contains(other.key())) {
        whereabouts(other)
            .map(entry -> entry.in(other.group()))
            .filter(found -> isReplaced(other, found, file))
            .ifPresent(found -> ended.add(other));
      }
    }
    for (TailedFile one : ended) {
      files.end(one);
      held.releaseAllOf(one);
    }
    List<Candidate> arrived = new ArrayList<>();
    // Looked for only now: what was truncated while it was looked at has its copy by now, too.
    listing.expire();
    finder.findAll().forEach(found -> see(found).ifPresent(arrived::add));
    ended.forEach(one -> outOfSight(one).ifPresent(arrived::add));
    List<Candidate> fresh = notRead(arrived);
    List<Missed> missed = new ArrayList<>();
    ended.forEach(one -> truncations.findRest(one, fresh).ifPresent(missed::add));
    fresh.forEach(matcher::begin);
    missed.forEach(truncations::lost);
  }

  /** What is in a truncated file now that has no name that is looked for. */
  private Optional<Candidate> outOfSight(TailedFile truncated) {
    return whereabouts(truncated)
        .filter(entry -> !finder.finds(entry.path(), entry.key()))
        .flatMap(
            entry -> matcher.identify(entry.in(finder.groupOf(entry.path(), truncated.group()))));
  }

  /** Whether there is something else now where another file than {@code noticed} was read. */
  private boolean isReplaced(TailedFile other, Found found, TailedFile noticed) {
    if (other.equals(noticed)) {
      return false;
    }
    note(other, found);
    if (other.isArchive()) { // Its open content may be what was unpacked before.
      return other.lastStat().isUnread()
          && probe.identify(found).filter(now -> !now.archive()).isPresent();
    }
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
    if (!file.path().equals(found.path()) && !isAt(file.path(), file)) {
      renamed(file, found.path(), found.real());
    } else if (!file.real().equals(found.real()) && file.path().equals(found.path())) {
      file.renamed(found.path(), found.real());
    }
    file.lastStat().add(found.size(), found.modifiedMillis(), time);
    if (file.lastStat().isUnread() || file.isPadded()) {
      files.ready(file);
    }
  }

  private void renamed(TailedFile file, Path path, Path real) {
    LOG.info("source '{}': {} is now called {}", source, file, Shown.of(path));
    file.renamed(path, real);
    metrics.rotated();
  }

  private static boolean isAt(Path path, TailedFile file) {
    try {
      return FileKey.of(Files.readAttributes(path, BasicFileAttributes.class))
          .equals(Optional.of(file.key()));
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * The file is under none of the names looked for. It is read to its end, then let go. Whoever
   * writes it may not have noticed yet that it was renamed; so it is followed under any name in its
   * folder until it is quiet.
   */
  private void miss(TailedFile file) {
    Optional<Entry> now = whereabouts(file);
    if (now.isEmpty() && !file.isOpen()) {
      vanished(file);
      return;
    }
    now.map(Entry::path)
        .filter(path -> !path.equals(file.real()))
        .ifPresent(path -> renamed(file, path, path));
    if (now.isPresent() && !file.isOpen()) {
      file.lastStat().add(now.get().size(), now.get().modifiedMillis(), time);
    }
    boolean unread = file.isOpen() ? !isDone(file) : file.isUnread();
    if (unread) {
      files.ready(file);
    } else if (isQuiet(file)) {
      if (file.hasPartial()) {
        file.flush();
        files.ready(file);
      } else {
        files.forget(file);
      }
    }
  }

  private Optional<Entry> whereabouts(TailedFile file) {
    return DirectoryListing.look(file.real())
        .filter(entry -> entry.key().equals(file.key()))
        .or(
            () ->
                Checkpoint.of(file).folders().stream()
                    .flatMap(folder -> listing.find(folder, file.key()).stream())
                    .findFirst());
  }

  /** The file is gone with what was not read of it, unless there is a copy or an archive. */
  private void vanished(TailedFile file) {
    files.end(file);
    long end = Math.max(file.lag() == 0 ? 0 : file.lastStat().size(), file.lastStat().largest());
    if (end <= file.read().offset()) {
      files.remember(file);
    } else if (!truncations.readRest(file, held.allOf(file))) {
      truncations.lost(new Gap(file, file.toString(), file.read().offset(), end));
      files.remember(file);
    }
    held.forget(files);
    LOG.info("source '{}': {} is gone", source, file);
  }

  /** Read to its end, and has not grown for a while; however long the channel is full. */
  private boolean isDone(TailedFile file) {
    if (!isQuiet(file)) {
      return false;
    }
    try {
      return file.open(opener).dataSize() <= file.scanned().offset();
    } catch (IOException e) {
      return true;
    }
  }

  private boolean isQuiet(TailedFile file) {
    return time.nanos() - file.lastStat().quietNanos() >= config.idleTimeout().toNanos();
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
    metrics.unreadable(probe.unreadableFiles());
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
    file.lastStat().failed();
  }
}
