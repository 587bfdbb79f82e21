package io.sluice.streams;

import io.sluice.event.EventHeaders;
import io.sluice.event.kafka.VerdictRecordHeaders;
import io.sluice.validate.HeaderLookup;
import io.sluice.validate.Rules;
import io.sluice.validate.Validator;
import io.sluice.validate.Verdict;
import io.sluice.validate.Verdict.Dropped;
import io.sluice.validate.Verdict.Invalid;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ContextualProcessor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Judges each record and sends it on to the valid or the invalid topic; key, value, timestamp and
 * foreign headers stay. Verdict headers that the record came with are replaced, never trusted.
 *
 * <p>One for each task of Kafka Streams, used by one thread at a time. The validator is shared.
 */
final class Judge extends ContextualProcessor<byte[], byte[], byte[], byte[]> {
  /** The validator itself looks at its file once a second. */
  private static final Duration REFRESH = Duration.ofMillis(500);

  private static final byte[] NO_VALUE = {};

  private final Validator validator;
  private final VerdictRecordHeaders verdictHeaders = new VerdictRecordHeaders();
  private Rules rules;
  private byte[] hash;

  Judge(Validator validator) {
    this.validator = validator;
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
    context()
        .forward(
            item,
            verdict instanceof Invalid ? ValidationTopology.INVALID : ValidationTopology.VALID);
  }

  private static HeaderLookup lookupIn(Headers headers, Rules rules) {
    return rules.readsHeaders()
        ? name -> VerdictRecordHeaders.text(headers, name)
        : HeaderLookup.NONE;
  }
}
