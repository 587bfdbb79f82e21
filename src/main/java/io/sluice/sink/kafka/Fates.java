package io.sluice.sink.kafka;

import io.sluice.sink.SinkMetrics.Count;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.flume.Event;

/**
 * What is known of the records of events that have to be shipped again: which Kafka has, and which
 * it refuses for good. Kept over connections, and forgotten when the event is delivered or the sink
 * stops.
 *
 * <p>A record is known by its event and by what it is for, which is what it is counted as. Used by
 * the sink's thread.
 */
final class Fates {
  /** What is sent for a record; each refusal leads to the next. */
  enum Form {
    RECORD,
    DEAD_LETTER,
    SHORT_DEAD_LETTER,
    NOTHING
  }

  /**
   * What became of a record.
   *
   * @param form what is to be sent for it
   * @param delivered nothing more is to be sent for it
   * @param topic that refused the record itself; empty if none has
   * @param error why
   */
  record Fate(Form form, boolean delivered, String topic, String error) {}

  private static final Fate UNKNOWN = new Fate(Form.RECORD, false, "", "");
  private static final Form[] FORMS = Form.values();

  private final IdentityHashMap<Event, Map<Count, Fate>> fates = new IdentityHashMap<>();

  Fate of(Event event, Count count) {
    Map<Count, Fate> known = fates.isEmpty() ? null : fates.get(event);
    return known == null ? UNKNOWN : known.getOrDefault(count, UNKNOWN);
  }

  /** Kafka has what was sent for the record. */
  void delivered(Event event, Count count) {
    Fate was = of(event, count);
    put(event, count, new Fate(was.form(), true, was.topic(), was.error()));
  }

  /** What was sent for the record was refused by itself; what to do now. */
  @SuppressWarnings("EnumOrdinal") // the forms are in the order in which they are tried
  Fate refused(Event event, Count count, String topic, String error) {
    Fate was = of(event, count);
    Form next = FORMS[Math.min(was.form().ordinal() + 1, FORMS.length - 1)];
    boolean first = was.form() == Form.RECORD;
    var fate = new Fate(next, false, first ? topic : was.topic(), first ? error : was.error());
    put(event, count, fate);
    return fate;
  }

  private void put(Event event, Count count, Fate fate) {
    fates.computeIfAbsent(event, first -> new EnumMap<>(Count.class)).put(count, fate);
  }

  boolean isEmpty() {
    return fates.isEmpty();
  }

  void forget(Event event) {
    fates.remove(event);
  }
}
