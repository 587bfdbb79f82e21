package io.sluice.source;

import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads files in turn, one block each, so that a busy one starves no other.
 *
 * <p>Used by one thread.
 */
final class Tailer {
  private final long maxBatchCount;
  private final LineReader reader;
  private final Time time;
  private final ArrayDeque<TailedFile> ready = new ArrayDeque<>();
  private final Set<TailedFile> queued = new HashSet<>();
  private @Nullable TailedFile turn;
  private long batchesInTurn;
  private boolean cut;

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
    return cut || turn != null || !ready.isEmpty();
  }

  /**
   * Adds lines to the batch until it is full or no file has a whole line left; or until a file was
   * found truncated, because what is known of its copy comes before what is read then.
   */
  void fill(Batch batch, Inventory inventory) {
    cut = false;
    inventory.addGaps(batch);
    while (!batch.isFull() && !cut) {
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
        cut = true;
      }
    }
  }

  private void endTurn() {
    reader.drop();
    turn = null;
  }
}
