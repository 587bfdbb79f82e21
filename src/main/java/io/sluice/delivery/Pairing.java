package io.sluice.delivery;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.flume.Channel;
import org.apache.flume.Event;
import org.apache.flume.channel.MemoryChannel;
import org.jspecify.annotations.Nullable;

/**
 * Where the sources and sinks of one channel meet. The channel object that they share is the only
 * thing they know of each other, and this lives as long as that.
 *
 * <p>A sink {@linkplain #join joins} before it takes its first event and {@linkplain #leave leaves}
 * when it stops. A source asks for the {@linkplain #guarantee() guarantee}, and under exactly-once
 * waits until the sink has {@linkplain #release released} the committed positions.
 *
 * <p>Thread-safe.
 */
public final class Pairing {
  /** Weak: an entry goes with its channel. Pairings hold no reference to channels. */
  private static final Map<Channel, Pairing> BY_CHANNEL = new WeakHashMap<>();

  private final boolean acknowledging;
  private final ReentrantLock taking = new ReentrantLock();
  private final Map<Object, Guarantee> sinks = new LinkedHashMap<>();
  private final Announcements announcements = new Announcements();
  private final List<Runnable> lateSaves = new ArrayList<>();
  private final Deque<Event> returned = new ArrayDeque<>();
  private Optional<List<Position>> committed = Optional.empty();
  private @Nullable Doubt doubt;

  /** A batch that Kafka may have or not. */
  private record Doubt(String batch, List<Event> events, Runnable delivered) {}

  private Pairing(boolean acknowledging) {
    this.acknowledging = acknowledging;
  }

  /** The one pairing of this channel object. */
  public static Pairing of(Channel channel) {
    synchronized (BY_CHANNEL) {
      // Only the memory channel hands on the very objects that the source has put.
      return BY_CHANNEL.computeIfAbsent(channel, key -> new Pairing(key instanceof MemoryChannel));
    }
  }

  /**
   * A sink will drain the channel from now on; calling again with the same sink changes nothing.
   */
  public synchronized void join(Object sink, Guarantee guarantee) {
    sinks.put(sink, guarantee);
  }

  /** A sink has stopped; it delivers nothing more. */
  public void leave(Object sink) {
    List<Runnable> saves = List.of();
    synchronized (this) {
      sinks.remove(sink);
      if (sinks.isEmpty()) {
        committed = Optional.empty();
        announcements.clear();
        saves = List.copyOf(lateSaves);
        lateSaves.clear();
      }
    }
    saves.forEach(Runnable::run);
  }

  /**
   * What the sinks on this channel promise of the events of a source of ours. Empty if no sink of
   * ours drains it or if the channel does not hand on the same event objects: then nobody will tell
   * the ledgers, and the position is the channel's business.
   */
  public synchronized Optional<Guarantee> guarantee() {
    if (!acknowledging || sinks.isEmpty()) {
      return Optional.empty();
    }
    boolean exact = sinks.containsValue(Guarantee.EXACTLY_ONCE);
    return Optional.of(exact ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE);
  }

  /** How many sinks of ours are on the channel. */
  public synchronized int sinkCount() {
    return sinks.size();
  }

  /** Whether the channel hands on the same event objects, so that a sink can acknowledge them. */
  public boolean isAcknowledging() {
    return acknowledging;
  }

  /** The exactly-once sink has fenced its forerunners and read what they committed. */
  public synchronized void release(Collection<Position> positions) {
    committed = Optional.of(List.copyOf(positions));
  }

  /** The positions that {@code source} has to go on from; empty while the sink reads them. */
  public synchronized Optional<List<Position>> committed(String source) {
    return committed.map(
        all -> all.stream().filter(position -> position.source().equals(source)).toList());
  }

  /** What sources announce to an exactly-once sink. */
  public Announcements announcements() {
    return announcements;
  }

  /**
   * A stopped source asks to write its positions once more when the last sink is done, because
   * deliveries under way still count. Run at once if there is no sink.
   */
  public void saveLate(Runnable save) {
    synchronized (this) {
      if (!sinks.isEmpty()) {
        lateSaves.add(save);
        return;
      }
    }
    save.run();
  }

  /**
   * A sink has taken {@code events} out of the channel for good and could not deliver them. Whoever
   * drains the channel next takes them before any other; lost with the process, like all that a
   * memory channel holds.
   */
  public synchronized void giveBack(List<Event> events) {
    for (int i = events.size() - 1; i >= 0; i--) {
      returned.addFirst(events.get(i));
    }
  }

  /**
   * A sink lost its connection while it committed {@code batch}: whether Kafka has its events is
   * not known before the next connection has asked. Until then they are nobody's.
   *
   * @param delivered is run if it turns out that Kafka has them
   */
  public synchronized void leaveInDoubt(String batch, List<Event> events, Runnable delivered) {
    doubt = new Doubt(batch, List.copyOf(events), delivered);
  }

  /**
   * Kafka has said which batch it committed last. If that is the batch in doubt, Kafka has all of
   * its events; otherwise it has none of them, and they are taken before any other.
   */
  public void resolve(String lastBatch) {
    Doubt open;
    synchronized (this) {
      open = doubt;
      doubt = null;
    }
    if (open == null) {
      return;
    }
    if (open.batch().equals(lastBatch)) {
      open.delivered().run();
    } else {
      giveBack(open.events());
    }
  }

  /** The first event given back, which is the caller's then; null if there is none. */
  public synchronized @Nullable Event takeReturned() {
    return returned.pollFirst();
  }

  /** How many events wait that were given back or are in doubt. */
  public synchronized int returnedCount() {
    return returned.size() + (doubt == null ? 0 : doubt.events().size());
  }

  /** Whether an event that was given back is waiting. */
  public synchronized boolean hasReturned() {
    return !returned.isEmpty();
  }

  /**
   * Held by a sink from its first take until the batch is in the ledgers. Without it a second sink
   * could take and deliver later lines while the first holds earlier ones that no ledger knows of.
   */
  public ReentrantLock taking() {
    return taking;
  }
}
