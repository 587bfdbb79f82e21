package io.sluice.sink.kafka;

import io.sluice.event.EventHeaders;
import io.sluice.validate.Verdict.Invalid;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Writes a verdict into record headers. Rules, reasons and ranges are few and come again with every
 * invalid line, so their bytes are kept.
 */
final class VerdictRecordHeaders {
  /** The reason of a line that no interceptor has judged. */
  private static final String UNJUDGED = "UNJUDGED";

  /** More distinct texts than any rule set has; beyond it they are encoded each time. */
  private static final int MAX_KEPT = 1_000;

  private static final byte[] INVALID = RecordFields.bytes("invalid");

  private final Map<String, byte[]> kept = new HashMap<>();

  /** Adds the headers of {@code invalid}, or of an event that was not judged if it is null. */
  void addTo(Headers headers, @Nullable Invalid invalid) {
    headers.add(EventHeaders.VALIDATION, INVALID);
    if (invalid == null) {
      headers.add(EventHeaders.REASON, keep(UNJUDGED));
      return;
    }
    headers.add(EventHeaders.RULE, keep(invalid.rule()));
    headers.add(EventHeaders.REASON, keep(invalid.reason().name()));
    headers.add(EventHeaders.VALUE, RecordFields.bytes(invalid.value()));
    headers.add(EventHeaders.RANGE, keep(invalid.range()));
  }

  private byte[] keep(String text) {
    byte[] bytes = kept.get(text);
    if (bytes == null) {
      bytes = RecordFields.bytes(text);
      if (kept.size() < MAX_KEPT) {
        kept.put(text, bytes);
      }
    }
    return bytes;
  }
}
