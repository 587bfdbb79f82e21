package io.sluice.source;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Ledger;
import io.sluice.delivery.Position;
import io.sluice.source.Finder.Found;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files being read, by device and inode, and all positions that follow from them.
 *
 * <p>Used by one thread; {@link #positions} by another when that has ended.
 */
final class FileTable {
  private static final Logger log = LoggerFactory.getLogger(FileTable.class);

  private final String source;
  private final HeaderConfig headers;
  private final Time time;
  private final Traces traces;
  private final boolean moved;
  private final Consumer<TailedFile> ready;
  private final Descriptors descriptors = new Descriptors();
  private final Map<Object, TailedFile> files = new LinkedHashMap<>();

  /** Readings that a truncation ended while their last lines were on their way. */
  private final List<TailedFile> retired = new ArrayList<>();

  private final List<Ledger> unannounced = new ArrayList<>();

  /**
   * @param moved whether the positions that files start from are not kept where they will be
   * @param ready told of files that there may be something to read in
   */
  FileTable(
      String source,
      HeaderConfig headers,
      Time time,
      Traces traces,
      boolean moved,
      Consumer<TailedFile> ready) {
    this.source = source;
    this.headers = headers;
    this.time = time;
    this.traces = traces;
    this.moved = moved;
    this.ready = ready;
  }

  /** Begins to read {@code candidate} where {@code from} ended. */
  TailedFile add(Candidate candidate, Trace from) {
    Found found = candidate.found();
    Position start = from.place().in(candidate.identity(), source);
    var file =
        new TailedFile(found.group(), found.key(), start, from.ledger(), headers, descriptors);
    file.sightings().add(found.size(), found.modifiedMillis(), time);
    file.opensWith(candidate.opening());
    files.put(found.key(), file);
    if (start.offset() > 0 && (moved || !from.isInode(candidate.identity()))) {
      unannounced.add(file.ledger());
    }
    log.info("source '{}': reading {} from offset {}", source, file, start.offset());
    ready.accept(file);
    return file;
  }

  /** The beginning of a file that is empty, or not known well enough to be read. */
  TailedFile unread(FileGroup group, Object key, FileIdentity was) {
    var identity =
        new FileIdentity(
            was.path(), was.device(), was.inode(), Head.NONE.length(), Head.NONE.hash());
    Position start = Place.START.in(identity, source);
    var file = new TailedFile(group, key, start, null, headers, descriptors);
    retire(file);
    return file;
  }

  /** There may be something to read in {@code file}. */
  void ready(TailedFile file) {
    ready.accept(file);
  }

  Optional<TailedFile> get(Object key) {
    return Optional.ofNullable(files.get(key));
  }

  boolean containsKey(Object key) {
    return files.containsKey(key);
  }

  /** Whether the file is still to be read. */
  boolean contains(TailedFile file) {
    return file.equals(files.get(file.key()));
  }

  Collection<TailedFile> all() {
    return files.values();
  }

  int openFiles() {
    return descriptors.count();
  }

  /** Lets the file go, and remembers how far it was read. */
  void forget(TailedFile file) {
    end(file);
    if (file.read().offset() > 0) {
      traces.add(Trace.of(file));
    }
    log.info("source '{}': {} is gone", source, file);
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

  void dropSettled() {
    retired.removeIf(TailedFile::isSettled);
  }

  /** The file is read to its end for now. */
  void drained(TailedFile file) {
    if (descriptors.areMany()) {
      close(file);
    }
  }

  void close(TailedFile file) {
    try {
      file.close();
    } catch (IOException e) {
      log.warn("source '{}': closing {} failed", source, file, e);
    }
  }

  /** Files begun since the last call whose positions nobody else knows. */
  List<Ledger> takeUnannounced() {
    List<Ledger> taken = List.copyOf(unannounced);
    unannounced.clear();
    return taken;
  }

  /** The positions as they may be written now. */
  List<Position> positions() {
    var positions = new ArrayList<Position>();
    traces.all().forEach(trace -> positions.add(trace.ledger().position()));
    retired.forEach(file -> positions.add(file.ledger().position()));
    files.values().forEach(file -> positions.add(file.ledger().position()));
    return positions;
  }

  /** Ends all ledgers and closes all files. */
  void close() {
    for (TailedFile file : files.values()) {
      file.ledger().close();
      close(file);
    }
    retired.forEach(file -> file.ledger().close());
    traces.all().forEach(trace -> trace.ledger().close());
  }
}
