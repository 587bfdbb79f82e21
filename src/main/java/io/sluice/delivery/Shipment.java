package io.sluice.delivery;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines of one sink batch, file by file. Adding a line that follows the one before it costs two
 * comparisons; the ledgers hear of the batch as a whole.
 *
 * <p>Used by one thread, batch after batch: {@link #add} for each event, {@link #taken}, then
 * {@link #delivered} or nothing at all if the batch was rolled back, then {@link #clear}.
 */
public final class Shipment {
  /**
   * In the order of first lines: a file before and after its truncation has two ledgers and one
   * {@linkplain Position#key() key}, and the newer position must come last.
   */
  private final Map<Ledger, List<Run>> runs = new LinkedHashMap<>();

  /** Of events without a position. */
  private final List<Runnable> notices = new ArrayList<>();

  private @Nullable Ledger current;
  private long start;
  private long end;
  private long anchor;

  /** Adds the line of {@code ledger}'s file from {@code lineStart} to {@code lineEnd}. */
  public void add(Ledger ledger, long lineStart, long lineEnd, long lineAnchor) {
    if (ledger != current || lineStart != end) {
      closeRun();
      current = ledger;
      start = lineStart;
    }
    end = lineEnd;
    anchor = lineAnchor;
  }

  /** Adds an event that has no position; {@code delivered} is run when Kafka has the batch. */
  public void add(Runnable delivered) {
    notices.add(delivered);
  }

  /** Enters the batch into the ledgers; before the first record of it can be acknowledged. */
  public void taken() {
    closeRun();
    runs.forEach(Ledger::taken);
  }

  /** Kafka has the whole batch. */
  public void delivered() {
    closeRun();
    runs.forEach(Ledger::delivered);
    notices.forEach(Runnable::run);
    notices.clear();
  }

  /**
   * The position of each file touched once this batch is delivered. Only for a sink that drains its
   * channel alone: then everything before the batch has been delivered.
   */
  public List<Position> positionsAfter() {
    closeRun();
    var positions = new ArrayList<Position>(runs.size());
    runs.forEach(
        (ledger, batch) -> {
          positions.addAll(ledger.carriedWith(batch));
          positions.add(ledger.positionAfter(batch));
        });
    return positions;
  }

  public void clear() {
    current = null;
    runs.clear();
    notices.clear();
  }

  private void closeRun() {
    if (current != null) {
      runs.computeIfAbsent(current, ledger -> new ArrayList<>()).add(new Run(start, end, anchor));
      current = null;
    }
  }
}
