package io.sluice.sink.kafka;

import io.sluice.logging.RepeatingWarning;
import io.sluice.sink.SinkConfig;
import io.sluice.sink.SinkMetrics;
import io.sluice.sink.SinkMetrics.Count;
import io.sluice.sink.kafka.Fates.Fate;
import io.sluice.sink.kafka.Fates.Form;
import org.apache.flume.Event;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is sent, or logged, for records that Kafka refuses for good. */
final class DeadLetters {
  private static final Logger LOG = LoggerFactory.getLogger(DeadLetters.class);

  private final String sink;
  private final Router router;
  private final SinkMetrics metrics;
  private final RepeatingWarning described = new RepeatingWarning(LOG);

  DeadLetters(SinkConfig config, Router router, SinkMetrics metrics) {
    this.sink = config.name();
    this.router = router;
    this.metrics = metrics;
  }

  /** What to send instead; null if nothing can be sent, and then the log has all there is. */
  @Nullable ProducerRecord<byte[], byte[]> write(Event event, Fate fate) {
    String invalidTopic = fate.form() == Form.NOTHING ? null : router.invalidTopic(event);
    if (invalidTopic == null) {
      metrics.add(Count.UNDELIVERABLE_RECORDS, 1);
      LOG.error(
          "sink '{}': topic '{}' refuses {} for good: {}. It is not delivered, and {}.",
          sink,
          fate.topic(),
          DeadLetter.describe(event),
          fate.error(),
          fate.form() == Form.NOTHING
              ? "the invalid topic refuses its description too"
              : "no topics.invalid can have its description");
      return null;
    }
    described.warn(
        "sink '%s': topic '%s' refuses %s for good: %s. It is described on '%s'."
            .formatted(sink, fate.topic(), DeadLetter.describe(event), fate.error(), invalidTopic));
    return fate.form() == Form.SHORT_DEAD_LETTER
        ? DeadLetter.shortRecord(invalidTopic, event)
        : DeadLetter.record(invalidTopic, event, fate.topic(), fate.error());
  }
}
