package io.sluice.source.lines;

import io.sluice.source.files.FileTracker;
import io.sluice.source.files.Gap;
import io.sluice.source.files.TailedFile;
import io.sluice.source.machine.Time;
import io.sluice.source.positions.AnchoredOffset;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads files in turn, one block each, so that a busy one starves no other.
 *
 * <p>Used by one thread.
 */
public final class Tailer {
  private final long maxBatchCount;
  private final LineReader reader;
  private final Time time;
  private final ArrayDeque<TailedFile> ready = new ArrayDeque<>();
  private final Set<TailedFile> queued = new HashSet<>();
  private @Nullable TailedFile turn;
  private long batchesInTurn;
  private boolean cut;
  private long begun;

  public Tailer(LineReader reader, long maxBatchCount, Time time) {
    this.reader = reader;
    this.maxBatchCount = maxBatchCount;
    this.time = time;
  }

  /** There may be something to read in {@code file}. */
  public void enqueue(TailedFile file) {
    if (queued.add(file)) {
      ready.add(file);
    }
  }

  /** Whether there may be something to read without waiting. */
  public boolean isBusy() {
    return cut || turn != null || !ready.isEmpty();
  }

  /**
   * Adds lines to the batch until it is full or no file has a whole line left; or until a file was
   * found truncated, because what is known of its copy comes before what is read then.
   */
  public void fill(Batch batch, FileTracker tracker) {
    cut = false;
    if (begun != tracker.files().begun()) {
      // What a new file is was decided by what is in the others now, not by what was in the block.
      begun = tracker.files().begun();
      reader.drop();
    }
    addGaps(batch, tracker);
    while (!batch.isFull() && !cut) {
      TailedFile file = turn;
      if (file == null) {
        file = next();
        if (file == null) {
          return;
        }
      }
      if (!tracker.files().contains(file)) {
        endTurn();
        continue;
      }
      AnchoredOffset before = file.scanned();
      try {
        read(file, batch, tracker);
      } catch (ClosedByInterruptException e) {
        // The agent is stopping; the file closed itself, and is opened again if it is not.
        endTurn();
        tracker.files().close(file);
        enqueue(file);
        return;
      } catch (IOException e) {
        endTurn();
        tracker.cannotRead(file, e);
      }
      if (!before.equals(file.scanned())) {
        file.lastStat().active(time.nanos());
      }
    }
  }

  private static void addGaps(Batch batch, FileTracker tracker) {
    while (!batch.isFull()) {
      Optional<Gap> gap = tracker.nextGap();
      if (gap.isEmpty()) {
        return;
      }
      GapRecord.add(gap.get(), batch);
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

  private void read(TailedFile file, Batch batch, FileTracker tracker) throws IOException {
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
      }
      case TRUNCATED -> {
        endTurn();
        tracker.truncated(file);
        cut = true;
      }
    }
  }

  private void endTurn() {
    reader.drop();
    turn = null;
  }
}
