package io.sluice.source;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import io.sluice.source.Finder.Found;
import io.sluice.source.SourceKeys.StartAt;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads all files of a source in turn, one block each, so that a busy one starves no other.
 *
 * <p>Used by one thread.
 */
final class Tailer {
  private static final Logger log = LoggerFactory.getLogger(Tailer.class);

  /** Coarser than the time stamps of any file system that logs are written to. */
  private static final long STAMP_MILLIS = 2_000;

  private final String source;
  private final SourceConfig config;
  private final Content.Opener opener;
  private final Finder finder;
  private final Time time;
  private final LineReader reader;
  private final StartPositions starts;
  private final RepeatLimiter unreadable;
  private final Map<Object, TailedFile> files = new LinkedHashMap<>();
  private final ArrayDeque<TailedFile> ready = new ArrayDeque<>();
  private final Set<TailedFile> queued = new HashSet<>();
  private @Nullable TailedFile turn;
  private long batchesInTurn;
  private boolean skipToEnd;

  Tailer(
      String source,
      SourceConfig config,
      Content.Opener opener,
      Finder finder,
      StartPositions starts,
      boolean firstStart,
      Time time) {
    this.source = source;
    this.config = config;
    this.opener = opener;
    this.finder = finder;
    this.time = time;
    this.reader = new LineReader(opener);
    this.starts = starts;
    this.unreadable = new RepeatLimiter(time);
    this.skipToEnd = firstStart && config.startAt() == StartAt.END;
  }

  /** Looks for new, changed, renamed and vanished files. */
  void scan() {
    List<Found> found = finder.findAll();
    Set<Object> seen = new HashSet<>();
    for (Found file : found) {
      seen.add(file.key());
      see(file);
    }
    skipToEnd = false;
    List<TailedFile> missing =
        files.values().stream().filter(file -> !seen.contains(file.key())).toList();
    missing.forEach(this::miss);
    closeIdle();
  }

  /** Looks at one file of which a change was signalled. */
  void changed(Path path) {
    finder.find(path).ifPresent(this::see);
  }

  private void see(Found found) {
    TailedFile file = files.get(found.key());
    if (file == null) {
      adopt(found);
      return;
    }
    if (!file.path().equals(found.path()) && !isStillNamed(file)) {
      log.info("source '{}': {} is now called {}", source, file, found.path());
      file.renamed(found.path());
    }
    boolean changed = file.seen(found.size(), found.modifiedMillis(), time.nanos());
    if (changed || found.modifiedMillis() > time.epochMillis() - STAMP_MILLIS) {
      enqueue(file);
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

  private void adopt(Found found) {
    try (Content content = opener.open(found.path())) {
      FileIdentity identity = identify(found, content);
      Position start = starts.take(identity, content).orElseGet(() -> beginning(identity));
      if (skipToEnd && start.offset() == 0) {
        Place end = Place.in(content, content.size());
        start = new Position(source, identity, end.offset(), end.anchor());
      }
      var file = new TailedFile(found.group(), found.key(), start, config.headers());
      file.seen(found.size(), found.modifiedMillis(), time.nanos());
      files.put(found.key(), file);
      log.info("source '{}': reading {} from offset {}", source, file, start.offset());
      enqueue(file);
    } catch (NoSuchFileException e) {
      log.debug("{} is gone again", found.path());
    } catch (IOException e) {
      cannotRead(found.path(), e);
    }
  }

  private static FileIdentity identify(Found found, Content content) throws IOException {
    Map<String, Object> unix = Files.readAttributes(found.path(), "unix:dev,ino");
    Head head = Head.of(content);
    return new FileIdentity(
        found.path().toString(),
        ((Number) unix.getOrDefault("dev", 0L)).longValue(),
        ((Number) unix.getOrDefault("ino", 0L)).longValue(),
        head.length(),
        head.hash());
  }

  private Position beginning(FileIdentity identity) {
    return new Position(source, identity, Place.START.offset(), Place.START.anchor());
  }

  private void enqueue(TailedFile file) {
    if (file != turn && queued.add(file)) {
      ready.add(file);
    }
  }

  private void miss(TailedFile file) {
    if (file.isOpen()) {
      enqueue(file);
    } else {
      files.remove(file.key());
    }
  }

  private void closeIdle() {
    long now = time.nanos();
    for (TailedFile file : files.values()) {
      if (file.isOpen() && now - file.activeNanos() >= config.idleTimeout().toNanos()) {
        close(file);
      }
    }
  }

  private void close(TailedFile file) {
    try {
      file.close();
    } catch (IOException e) {
      log.warn("source '{}': closing {} failed", source, file, e);
    }
  }

  /** Adds lines to the batch until it is full or no file has a whole line left. */
  void fill(Batch batch) {
    while (!batch.isFull()) {
      TailedFile file = turn;
      if (file == null) {
        file = ready.poll();
        if (file == null) {
          return;
        }
        queued.remove(file);
        turn = file;
        batchesInTurn = 0;
        reader.drop();
      }
      try {
        if (!read(file, batch)) {
          return;
        }
      } catch (ClosedByInterruptException e) {
        // The agent is stopping; the file closed itself, and is opened again if it is not.
        endTurn(file);
        close(file);
        enqueue(file);
        return;
      } catch (IOException e) {
        endTurn(file);
        close(file);
        cannotRead(file.path(), e);
      }
    }
  }

  private boolean read(TailedFile file, Batch batch) throws IOException {
    switch (reader.read(file, batch)) {
      case BATCH_FULL -> {
        batchesInTurn++;
        if (batchesInTurn >= config.maxBatchCount()) {
          endTurn(file);
          enqueue(file);
        }
        return false;
      }
      case MORE -> {
        endTurn(file);
        enqueue(file);
      }
      case DRAINED -> {
        boolean grew = file.open(opener).size() > file.scanned().offset();
        endTurn(file);
        if (grew) { // during its turn, when a signal does not queue it
          enqueue(file);
        }
      }
      case TRUNCATED -> {
        endTurn(file);
        restart(file);
      }
    }
    return true;
  }

  private void endTurn(TailedFile file) {
    reader.drop();
    turn = null;
    log.trace("turn of {} ends at {}", file, file.read().offset());
  }

  private void restart(TailedFile old) throws IOException {
    log.info("source '{}': {} was truncated; reading it from its beginning", source, old);
    FileIdentity now =
        new FileIdentity(
            old.identity().path(),
            old.identity().device(),
            old.identity().inode(),
            Head.NONE.length(),
            Head.NONE.hash());
    close(old);
    var file = new TailedFile(old.group(), old.key(), beginning(now), config.headers());
    file.seen(old.size(), old.modifiedMillis(), time.nanos());
    files.put(old.key(), file);
    enqueue(file);
  }

  private void cannotRead(Path path, IOException cause) {
    if (unreadable.allows()) {
      log.warn(
          "source '{}': cannot read {} ({}); tried again at the next scan{}",
          source,
          path,
          cause.toString(),
          unreadable.suppressed());
    }
  }

  /** Whether there is something to read without waiting. */
  boolean isBusy() {
    return turn != null || !ready.isEmpty();
  }

  /** The positions as they may be written now. */
  List<Position> positions() {
    var positions = new ArrayList<>(starts.unclaimed());
    files.values().forEach(file -> positions.add(file.ledger().position()));
    return positions;
  }

  /** Ends all ledgers and closes all files. */
  void close() {
    for (TailedFile file : files.values()) {
      file.ledger().close();
      close(file);
    }
  }
}
