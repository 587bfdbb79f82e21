package io.sluice.replay;

import io.sluice.event.EventHeaders;
import io.sluice.event.kafka.VerdictRecordHeaders;
import io.sluice.validate.Reason;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Which invalid records are to come again. An empty list asks for nothing.
 *
 * @param rules names of rules
 * @param reasons such as {@code BELOW}
 * @param since earliest time of a record
 * @param until the first time that is too late
 */
public record Selection(List<String> rules, List<String> reasons, Instant since, Instant until) {
  /** Reasons of records that are not whole lines but describe some. */
  private static final Set<String> NO_LINES =
      Set.of(VerdictRecordHeaders.UNDELIVERABLE, Reason.GAP_IN_FILE.name(), Reason.TOO_LONG.name());

  /** What becomes of a record. */
  enum Answer {
    TAKEN,
    PASSED_OVER,
    NO_LINE
  }

  Answer of(ConsumerRecord<byte[], byte[]> item) {
    String reason = VerdictRecordHeaders.text(item.headers(), EventHeaders.REASON);
    if (reason != null && NO_LINES.contains(reason)) {
      return Answer.NO_LINE;
    }
    String rule = VerdictRecordHeaders.text(item.headers(), EventHeaders.RULE);
    boolean taken =
        (rules.isEmpty() || (rule != null && rules.contains(rule)))
            && (reasons.isEmpty() || (reason != null && reasons.contains(reason)))
            && item.timestamp() >= since.toEpochMilli()
            && item.timestamp() < until.toEpochMilli();
    return taken ? Answer.TAKEN : Answer.PASSED_OVER;
  }
}
