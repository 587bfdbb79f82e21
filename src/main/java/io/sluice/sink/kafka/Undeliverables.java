package io.sluice.sink.kafka;

import io.sluice.logging.RepeatingWarning;
import io.sluice.sink.SinkConfig;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The records of the present batch that Kafka refused for good: which event, for which topic, why.
 * Kept from one attempt to the next, and forgotten when the batch is delivered.
 */
final class Undeliverables {
  private static final Logger LOG = LoggerFactory.getLogger(Undeliverables.class);

  private final String sink;
  private final @Nullable String invalidTopic;
  private final RepeatingWarning described = new RepeatingWarning(LOG);
  private final IdentityHashMap<Event, Map<String, String>> errors = new IdentityHashMap<>();
  private boolean sought;

  Undeliverables(SinkConfig config) {
    this.sink = config.name();
    this.invalidTopic = config.topics().invalid();
  }

  void note(Event event, String topic, Throwable error) {
    errors
        .computeIfAbsent(event, first -> new HashMap<>())
        .put(topic, String.valueOf(error.getMessage()));
  }

  /** Why {@code topic} refused the event's record; null if it has not. */
  @Nullable String errorOf(Event event, String topic) {
    if (errors.isEmpty()) {
      return null;
    }
    Map<String, String> ofEvent = errors.get(event);
    return ofEvent == null ? null : ofEvent.get(topic);
  }

  /** What to send instead; null if there is no invalid topic, and then the log has all there is. */
  @Nullable ProducerRecord<byte[], byte[]> deadLetter(Event event, String topic, String error) {
    if (invalidTopic == null) {
      LOG.error(
          "sink '{}': topic '{}' refuses {} for good: {}. It is not delivered; set topics.invalid"
              + " to have such records described there.",
          sink,
          topic,
          DeadLetter.describe(event),
          error);
      return null;
    }
    described.warn(
        "sink '%s': topic '%s' refuses %s for good: %s. It is described on '%s'."
            .formatted(sink, topic, DeadLetter.describe(event), error, invalidTopic));
    return DeadLetter.record(invalidTopic, event, topic, error);
  }

  /** A record of the batch was refused by a broker, and it has to be found out which. */
  void seek() {
    sought = true;
  }

  /** Whether the callback of each record shall tell it from the others. */
  boolean isSought() {
    return sought;
  }

  void forget() {
    errors.clear();
    sought = false;
  }
}
