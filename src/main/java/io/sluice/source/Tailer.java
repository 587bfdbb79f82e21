package io.sluice.source;

import io.sluice.delivery.Position;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads files in turn, one block each, so that a busy one starves no other.
 *
 * <p>Used by one thread.
 */
final class Tailer {
  private static final Logger log = LoggerFactory.getLogger(Tailer.class);

  private final long maxBatchCount;
  private final LineReader reader;
  private final Time time;
  private final ArrayDeque<TailedFile> ready = new ArrayDeque<>();
  private final Set<TailedFile> queued = new HashSet<>();
  private @Nullable TailedFile turn;
  private long batchesInTurn;

  Tailer(LineReader reader, long maxBatchCount, Time time) {
    this.reader = reader;
    this.maxBatchCount = maxBatchCount;
    this.time = time;
  }

  /** There may be something to read in {@code file}. */
  void enqueue(TailedFile file) {
    if (queued.add(file)) {
      ready.add(file);
    }
  }

  /** Whether there may be something to read without waiting. */
  boolean isBusy() {
    return turn != null || !ready.isEmpty();
  }

  /** Adds lines to the batch until it is full or no file has a whole line left. */
  void fill(Batch batch, Inventory inventory) {
    inventory.addGaps(batch);
    while (!batch.isFull()) {
      TailedFile file = turn;
      if (file == null) {
        file = next();
        if (file == null) {
          return;
        }
      }
      if (!inventory.files().contains(file)) {
        endTurn();
        continue;
      }
      Place before = file.scanned();
      int events = batch.size();
      try {
        read(file, batch, inventory);
      } catch (ClosedByInterruptException e) {
        // The agent is stopping; the file closed itself, and is opened again if it is not.
        endTurn();
        inventory.files().close(file);
        enqueue(file);
        return;
      } catch (IOException e) {
        endTurn();
        inventory.cannotRead(file, e);
      }
      if (!before.equals(file.scanned())) {
        file.sightings().active(time.nanos());
      }
      if (batch.size() > events) {
        carry(inventory.files().takeUnannounced(), file, before);
      }
    }
  }

  private @Nullable TailedFile next() {
    TailedFile file = ready.poll();
    if (file != null) {
      queued.remove(file);
      turn = file;
      batchesInTurn = 0;
      reader.drop();
    }
    return file;
  }

  private void read(TailedFile file, Batch batch, Inventory inventory) throws IOException {
    switch (reader.read(file, batch)) {
      case BATCH_FULL -> {
        batchesInTurn++;
        if (batchesInTurn >= maxBatchCount) {
          endTurn();
          enqueue(file);
        }
      }
      case MORE -> {
        endTurn();
        enqueue(file);
      }
      case DRAINED -> {
        endTurn();
        inventory.files().drained(file);
      }
      case TRUNCATED -> {
        endTurn();
        inventory.truncated(file);
        inventory.addGaps(batch);
      }
    }
  }

  private void endTurn() {
    reader.drop();
    turn = null;
  }

  private static void carry(List<Position> positions, TailedFile file, Place before) {
    for (Position position : positions) {
      if (!position.key().equals(file.ledger().position().key())) {
        log.debug("{} brings the position of {}", file, position.file().path());
        file.ledger().carry(position, before.offset());
      }
    }
  }
}
