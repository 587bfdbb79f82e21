package io.sluice.streams;

import io.sluice.event.EventHeaders;
import io.sluice.event.kafka.DeadLetterHeaders;
import io.sluice.event.kafka.VerdictRecordHeaders;
import io.sluice.logging.RepeatingWarning;
import io.sluice.validate.HeaderLookup;
import io.sluice.validate.Rules;
import io.sluice.validate.Validator;
import io.sluice.validate.Verdict;
import io.sluice.validate.Verdict.Dropped;
import io.sluice.validate.Verdict.Invalid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges each record and sends it on to the valid or the invalid topic; key, value, timestamp and
 * foreign headers stay. What the topic would not take is described on the invalid one. Verdict
 * headers that the record came with are replaced, never trusted.
 *
 * <p>One for each task of Kafka Streams, used by one thread at a time. The validator is shared.
 */
final class Judge extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
  /** The validator itself looks at its file once a second. */
  private static final Duration REFRESH = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(Judge.class);
  private static final byte[] NO_VALUE = {};

  /** Where a dead letter's whole record is: {@code topic/partition@offset}. */
  private static final String RECORD = "sluice.record";

  private final Validator validator;
  private final OutputLimits limits;
  private final String validTopic;
  private final String invalidTopic;
  private final RepeatingWarning undeliverable = new RepeatingWarning(LOG);
  private final VerdictRecordHeaders verdictHeaders = new VerdictRecordHeaders();
  private Rules rules;
  private byte[] hash;

  Judge(StreamsConfiguration config, OutputLimits limits) {
    this.validator = config.validator();
    this.limits = limits;
    this.validTopic = config.valid();
    this.invalidTopic = config.invalid();
    this.rules = validator.rules();
    this.hash = hashOf(rules);
  }

  @Override
  public void init(ProcessorContext<byte[], byte[]> context) {
    super.init(context);
    refresh();
    context.schedule(REFRESH, PunctuationType.WALL_CLOCK_TIME, now -> refresh());
  }

  private void refresh() {
    Rules now = validator.refresh();
    if (now != rules) {
      rules = now;
      hash = hashOf(now);
    }
  }

  private static byte[] hashOf(Rules rules) {
    return rules.hash().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void process(Record<byte[], byte[]> item) {
    Headers headers = item.headers();
    VerdictRecordHeaders.removeFrom(headers);
    byte @Nullable [] value = item.value();
    Verdict verdict =
        validator.judge(rules, value == null ? NO_VALUE : value, lookupIn(headers, rules));
    if (verdict instanceof Dropped) {
      return;
    }
    if (verdict instanceof Invalid invalid) {
      verdictHeaders.addTo(headers, invalid);
    }
    if (validator.stampsRules()) {
      headers.add(EventHeaders.RULES, hash);
    }
    boolean valid = !(verdict instanceof Invalid);
    String topic = valid ? validTopic : invalidTopic;
    String objection = limits.objection(topic, item.key(), value, headers);
    if (objection == null) {
      context().forward(item, valid ? ValidationTopology.VALID : ValidationTopology.INVALID);
    } else {
      bury(item, topic, objection);
    }
  }

  /** Describes a record that its topic would refuse, as the agents' sink does. */
  private void bury(Record<byte[], byte[]> item, String topic, String objection) {
    byte[] body = item.value() == null ? NO_VALUE : item.value();
    var headers = new RecordHeaders();
    DeadLetterHeaders.addTo(headers, body, topic, objection);
    String place =
        context()
            .recordMetadata()
            .map(record -> record.topic() + "/" + record.partition() + "@" + record.offset())
            .orElse("unknown");
    headers.add(RECORD, place.getBytes(StandardCharsets.UTF_8));
    byte[] head = DeadLetterHeaders.head(body);
    context()
        .forward(new Record<>(null, head, item.timestamp(), headers), ValidationTopology.INVALID);
    undeliverable.warn(
        () ->
            "streams: %s is described on %s, %s would not take it: %s"
                .formatted(place, invalidTopic, topic, objection));
  }

  private static HeaderLookup lookupIn(Headers headers, Rules rules) {
    return rules.readsHeaders()
        ? name -> VerdictRecordHeaders.text(headers, name)
        : HeaderLookup.NONE;
  }
}
