package io.sluice.delivery;

import io.sluice.delivery.Announcements.Announced;
import java.util.ArrayList;
import java.util.Comparator;
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
public final class BatchAccount {
  /** A file before and after its truncation has two ledgers. */
  private final Map<Ledger, List<LineRange>> ranges = new LinkedHashMap<>();

  /** Of events without a position. */
  private final List<Runnable> notices = new ArrayList<>();

  private record Dated(long sequence, Position position) {}

  private final @Nullable Object channel;
  private final @Nullable Announcements announcements;
  private List<Announced> asked = List.of();

  /** Everything announced or put up to here was delivered before this batch. */
  private long drained;

  private long latest;
  private @Nullable Ledger current;
  private long start;
  private long end;
  private long anchor;
  private long sequence;

  /** For a sink that commits no positions, on whatever channel. */
  public BatchAccount() {
    this(null, null);
  }

  /** For a sink that commits positions, those {@code announcements} have among them. */
  public BatchAccount(Announcements announcements) {
    this(null, announcements);
  }

  /**
   * For a sink of the channel of {@code pairing}.
   *
   * @param commitsPositions whether the sink does, and those announced among them
   */
  public BatchAccount(Pairing pairing, boolean commitsPositions) {
    this(pairing, commitsPositions ? pairing.announcements() : null);
  }

  private BatchAccount(@Nullable Object channel, @Nullable Announcements announcements) {
    this.channel = channel;
    this.announcements = announcements;
    this.latest = announcements == null ? 0 : announcements.latest();
  }

  /**
   * Adds the line of {@code ledger}'s file from {@code lineStart} to {@code lineEnd}.
   *
   * @param lineSequence the number with which it was put on the channel
   */
  public void add(Ledger ledger, long lineStart, long lineEnd, long lineAnchor, long lineSequence) {
    if (ledger != current || lineStart != end) {
      closeRange();
      current = ledger;
      start = lineStart;
    }
    end = lineEnd;
    anchor = lineAnchor;
    sequence = lineSequence;
  }

  /** Adds an event that has no position; {@code delivered} is run when Kafka has the batch. */
  public void add(Runnable delivered) {
    notices.add(delivered);
  }

  /** The channel was found empty: what was put there before this batch began is delivered. */
  public void drained() {
    drained = latest;
  }

  /** Enters the batch into the ledgers; before the first record of it can be acknowledged. */
  public void taken() {
    closeRange();
    ranges.forEach((ledger, lines) -> ledger.taken(channel, lines));
  }

  /** Kafka has the whole batch. */
  public void delivered() {
    closeRange();
    ranges.forEach((ledger, lines) -> ledger.delivered(channel, lines));
    if (announcements != null) {
      announcements.committed(asked);
    }
    notices.forEach(Runnable::run);
    notices.clear();
  }

  /**
   * The position of each file touched once this batch is delivered, and those announced before its
   * last line; of one {@linkplain Position#key() key} the newest comes last. Only for a sink that
   * drains its channel alone: then everything before the batch has been delivered. None for a sink
   * that commits no positions.
   */
  public List<Position> positionsAfter() {
    closeRange();
    if (announcements == null) {
      return List.of();
    }
    var positions = new ArrayList<Dated>(ranges.size());
    long reached = drained;
    for (Map.Entry<Ledger, List<LineRange>> file : ranges.entrySet()) {
      long last = file.getValue().get(file.getValue().size() - 1).sequence();
      reached = Math.max(reached, last);
      positions.add(new Dated(last, file.getKey().positionAfter(file.getValue())));
    }
    asked = announcements.upTo(reached);
    for (Announced announced : asked) {
      positions.add(new Dated(announced.sequence(), announced.file().start()));
    }
    positions.sort(Comparator.comparingLong(Dated::sequence));
    return positions.stream().map(Dated::position).toList();
  }

  /** Whether there are positions to commit even if the batch has no line. */
  public boolean hasAnnounced() {
    return announcements != null && !announcements.upTo(drained).isEmpty();
  }

  public void clear() {
    asked = List.of();
    drained = 0;
    latest = announcements == null ? 0 : announcements.latest();
    current = null;
    ranges.clear();
    notices.clear();
  }

  private void closeRange() {
    if (current != null) {
      ranges
          .computeIfAbsent(current, ledger -> new ArrayList<>())
          .add(new LineRange(start, end, anchor, sequence));
      current = null;
    }
  }
}
