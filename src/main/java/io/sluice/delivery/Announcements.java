package io.sluice.delivery;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Positions that no line of their own may ever bring to Kafka: of a copy, say, of which every line
 * was read before it was known for one. Such a position is to be committed when everything is
 * delivered that was put on the channel before it was announced, and not later than anything that
 * was put after that. The channel is first in, first out, so it is enough to count: what a source
 * puts on the channel has a sequence number, and so has what it announces.
 *
 * <p>Thread-safe: sources announce, the only sink commits.
 */
public final class Announcements {
  private final List<Announced> waiting = new ArrayList<>();
  private long sequence;

  record Announced(long sequence, Ledger file) {}

  /** The number of what is put on the channel next. */
  public synchronized long next() {
    return ++sequence;
  }

  /**
   * Where {@code file} was begun is to be committed, without a line of it. Everything read before
   * must be on the channel by now, and what is put there from now on must have a {@linkplain #next
   * number} taken after this.
   */
  public synchronized void announce(Ledger file) {
    waiting.add(new Announced(++sequence, file));
  }

  /** The highest number so far. */
  synchronized long latest() {
    return sequence;
  }

  /** Those that may be committed when all up to {@code reached} is delivered, in their order. */
  synchronized List<Announced> upTo(long reached) {
    // The lines before it that were still in the channel are not delivered but read again.
    waiting.removeIf(announced -> announced.file().isClosed());
    if (waiting.isEmpty()) {
      return List.of();
    }
    return waiting.stream().filter(announced -> announced.sequence() <= reached).toList();
  }

  synchronized void committed(Collection<Announced> announced) {
    waiting.removeAll(announced);
  }

  synchronized void clear() {
    waiting.clear();
  }
}
