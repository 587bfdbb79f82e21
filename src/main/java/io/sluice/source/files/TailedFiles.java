package io.sluice.source.files;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Position;
import io.sluice.source.config.FileGroup;
import io.sluice.source.config.HeaderConfig;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.machine.PathText;
import io.sluice.source.machine.Time;
import io.sluice.source.positions.AnchoredOffset;
import io.sluice.source.positions.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files being read, by device and inode, and all positions that follow from them.
 *
 * <p>Used by one thread; {@link #positions} by another when that has ended.
 */
public final class TailedFiles {
  private static final Logger LOG = LoggerFactory.getLogger(TailedFiles.class);

  private final String source;
  private final HeaderConfig headers;
  private final Time time;
  private final Checkpoints checkpoints;
  private final Checkpoints truncated;
  private final Set<String> kept;
  private final Consumer<TailedFile> ready;
  private final OpenFiles openFiles = new OpenFiles();
  private final Map<FileKey, TailedFile> files = new LinkedHashMap<>();

  /** Readings that a truncation ended while their last lines were on their way. */
  private final List<TailedFile> retired = new ArrayList<>();

  private long begun;

  private final List<Ledger> unannounced = new ArrayList<>();

  /**
   * @param kept keys of the positions that need not be announced
   * @param ready told of files that there may be something to read in
   */
  TailedFiles(
      String source,
      HeaderConfig headers,
      Time time,
      Checkpoints checkpoints,
      Set<String> kept,
      Consumer<TailedFile> ready) {
    this.source = source;
    this.headers = headers;
    this.time = time;
    this.checkpoints = checkpoints;
    this.truncated = new Checkpoints(source, List.of(), List.of());
    this.kept = kept;
    this.ready = ready;
  }

  /** Begins to read {@code candidate} where {@code from} ended. */
  public TailedFile add(Candidate candidate, Checkpoint from) {
    Found found = candidate.found();
    Position start = from.place().in(candidate.identity(), source);
    var file = new TailedFile(found, start, from.ledger(), headers, openFiles);
    file.lastStat().add(found.size(), found.modifiedMillis(), time);
    file.opensWith(candidate.firstBytes().kept(), candidate.archive());
    files.put(found.key(), file);
    begun++;
    boolean known = from.key().equals(candidate.key()) && kept.contains(start.key());
    if (!known && start.offset() > 0) {
      unannounced.add(file.ledger());
    }
    LOG.info("source '{}': reading {} from offset {}", source, file, start.offset());
    ready.accept(file);
    return file;
  }

  /** How often a file was begun. */
  public long begun() {
    return begun;
  }

  /** Nobody else will say so: {@code file} is known from now on, even if it has no line. */
  void announce(TailedFile file) {
    unannounced.add(file.ledger());
  }

  /** The beginning of a file that is empty, or not known well enough to be read. */
  public TailedFile unread(FileGroup group, FileKey key, FileIdentity was) {
    Path path = PathText.path(was.path());
    var found = new Found(path, PathText.path(was.target()), group, key, 0, 0);
    var identity =
        new FileIdentity(
            was.path(),
            was.device(),
            was.inode(),
            Fingerprint.NONE.length(),
            Fingerprint.NONE.hash(),
            was.target());
    Position start = AnchoredOffset.START.in(identity, source);
    var file = new TailedFile(found, start, null, headers, openFiles);
    retire(file);
    return file;
  }

  /** There may be something to read in {@code file}. */
  void ready(TailedFile file) {
    ready.accept(file);
  }

  Optional<TailedFile> get(FileKey key) {
    return Optional.ofNullable(files.get(key));
  }

  boolean containsKey(FileKey key) {
    return files.containsKey(key);
  }

  /** Whether the file is still to be read. */
  public boolean contains(TailedFile file) {
    return file.equals(files.get(file.key()));
  }

  public Collection<TailedFile> all() {
    return files.values();
  }

  public int openFiles() {
    return openFiles.count();
  }

  /** Lets the file go, and remembers how far it was read. */
  void forget(TailedFile file) {
    end(file);
    remember(file);
  }

  /** Keeps the position of a file that is read no longer. */
  void remember(TailedFile file) {
    if (file.read().offset() > 0) {
      checkpoints.add(Checkpoint.of(file));
    }
    LOG.info("source '{}': {} is gone", source, file);
  }

  /**
   * Forgets the oldest of the files that are gone if there are too many. Only after a scan: before
   * it nobody knows which are gone.
   */
  void forgetOldest() {
    truncated.takeSurplus();
    for (Checkpoint oldest : checkpoints.takeSurplus()) {
      if (!files.containsKey(oldest.key()) && !checkpoints.contains(oldest.key())) {
        unannounced.add(new Ledger(oldest.ledger().position().forgotten()));
      }
    }
  }

  /** Ends a reading whose content is no longer there. */
  void end(TailedFile file) {
    close(file);
    files.remove(file.key(), file);
  }

  /** Keeps the position of a reading that has ended until its last lines are delivered. */
  void retire(TailedFile file) {
    retired.add(file);
  }

  /** A copy of what was in a file before its truncation may still come to light. */
  void awaitCopy(Checkpoint before) {
    truncated.takeAllOf(before.key()); // of a file that is truncated often the last alone
    if (!before.isEmpty()) {
      truncated.add(before);
    }
  }

  /** Contents that truncations ended, of which no copy was found. */
  Checkpoints truncated() {
    return truncated;
  }

  void dropSettled() {
    retired.removeIf(TailedFile::isSettled);
  }

  public void close(TailedFile file) {
    try {
      file.close();
    } catch (IOException e) {
      LOG.warn("source '{}': closing {} failed", source, file, e);
    }
  }

  /** Files begun or forgotten since the last call, which nobody else knows. */
  public List<Ledger> takeUnannounced() {
    List<Ledger> taken = List.copyOf(unannounced);
    unannounced.clear();
    return taken;
  }

  /** The positions as they may be written now. */
  public List<Position> positions() {
    var positions = new ArrayList<Position>();
    checkpoints.all().forEach(checkpoint -> positions.add(checkpoint.ledger().position()));
    retired.forEach(file -> positions.add(file.ledger().position()));
    files.values().forEach(file -> positions.add(file.ledger().position()));
    return positions;
  }

  /** Whether the name of one of the files leads to it no more. */
  public boolean isAnyAway() {
    return files.values().stream().anyMatch(file -> !file.isThere());
  }

  /**
   * Closes all files.
   *
   * @param endLedgers lines that are not delivered are read again by the next source: of the files
   *     that are still there, but not of those that are gone or cut off, which only the channel has
   */
  public void close(boolean endLedgers) {
    for (TailedFile file : files.values()) {
      if (endLedgers && file.isThere()) {
        file.ledger().close();
      }
      close(file);
    }
  }
}
