package io.sluice.source.lines;

import io.sluice.delivery.Ledger;
import io.sluice.event.LogEvent;
import io.sluice.event.Verdicts;
import io.sluice.source.files.TailedFile;
import io.sluice.validate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to the channel, kept until it has accepted them. Each try gets a list of its
 * own, and from the second on fresh events: interceptors may have changed both.
 *
 * <p>Used by one thread.
 */
public final class Batch implements LineOutput {
  private final int capacity;
  private final List<LogEvent> events;
  private final List<byte[]> bodies;
  private final List<Judged> judged = new ArrayList<>();
  private long bytes;
  private boolean tried;
  private @Nullable BatchOrigin reading;
  private long readNanos;
  private long sequence;

  private record Judged(int index, Verdict verdict) {}

  public Batch(int capacity) {
    this.capacity = capacity;
    this.events = new ArrayList<>(Math.min(capacity, 1024));
    this.bodies = new ArrayList<>(Math.min(capacity, 1024));
  }

  /** Lines are added from now on, and put on the channel with the number {@code newSequence}. */
  public void begin(long nowNanos, long newSequence) {
    readNanos = nowNanos;
    sequence = newSequence;
    reading = null;
  }

  /** What lines of {@code file} in this batch say they come from. */
  BatchOrigin reading(TailedFile file) {
    BatchOrigin current = reading;
    if (current == null
        || current.file() != file
        || !current.readAs().path().equals(file.identity().path())) {
      current = new BatchOrigin(file, readNanos, sequence);
      reading = current;
    }
    return current;
  }

  @Override
  public void add(TailedFile file, long start, long end, long anchor, byte[] body) {
    add(new LogEvent(reading(file), start, end, anchor, body));
  }

  @Override
  public void add(
      TailedFile file, long start, long end, long anchor, byte[] body, Verdict verdict) {
    add(new LogEvent(reading(file), start, end, anchor, body), verdict);
  }

  @Override
  public void add(
      TailedFile file,
      long start,
      long end,
      long anchor,
      byte[] body,
      Map<String, String> headers,
      Optional<Verdict> verdict) {
    var event = new LogEvent(new LineOrigin(reading(file), headers), start, end, anchor, body);
    verdict.ifPresentOrElse(known -> add(event, known), () -> add(event));
  }

  void add(LogEvent event) {
    events.add(event);
    byte[] body = event.getBody();
    bodies.add(body);
    bytes += body.length;
  }

  /** Adds an event whose verdict is known without looking at it. */
  void add(LogEvent event, Verdict verdict) {
    Verdicts.put(event, verdict);
    judged.add(new Judged(events.size(), verdict));
    add(event);
  }

  /** Full by count, or so heavy that a channel with a bound in bytes might never take more. */
  @Override
  public boolean isFull() {
    return events.size() >= capacity || bytes >= MOST_BYTES;
  }

  private static final long MOST_BYTES = 4 << 20;

  public boolean isEmpty() {
    return events.isEmpty();
  }

  public int size() {
    return events.size();
  }

  /** Bytes of all bodies. */
  public long bytes() {
    return bytes;
  }

  /** Of the files that its lines are from. */
  public Set<Ledger> ledgers() {
    return events.stream().map(event -> event.origin().ledger()).collect(Collectors.toSet());
  }

  /** The events for one try; the list may be changed, the events too. */
  public List<Event> forChannel() {
    if (tried) {
      renew();
    }
    tried = true;
    return new ArrayList<>(events);
  }

  private void renew() {
    for (int i = 0; i < events.size(); i++) {
      events.set(i, events.get(i).retry(bodies.get(i)));
    }
    judged.forEach(known -> Verdicts.put(events.get(known.index()), known.verdict()));
  }

  /** Tells the ledgers that nobody else will: the channel has the events, and that must do. */
  public void deliveredToChannel() {
    int from = 0;
    for (int i = 1; i <= events.size(); i++) {
      LogEvent last = events.get(i - 1);
      boolean runGoesOn =
          i < events.size()
              && events.get(i).origin() == last.origin()
              && events.get(i).start() == last.end();
      if (!runGoesOn) {
        last.origin().ledger().delivered(events.get(from).start(), last.end(), last.anchor());
        from = i;
      }
    }
  }

  public void clear() {
    events.clear();
    bodies.clear();
    judged.clear();
    bytes = 0;
    tried = false;
  }
}
