package io.sluice.event.kafka;

import io.sluice.event.EventHeaders;
import io.sluice.validate.Verdict.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.jspecify.annotations.Nullable;

/**
 * Writes a verdict into record headers. Rules, reasons and ranges are few and come again with every
 * invalid line, so their headers are kept.
 *
 * <p>Not thread-safe; the static methods are.
 */
public final class VerdictRecordHeaders {
  /** The reason of a line that no interceptor has judged. */
  public static final String UNJUDGED = "UNJUDGED";

  /** The reason of a dead letter: the description of a record that Kafka refused for good. */
  public static final String UNDELIVERABLE = "UNDELIVERABLE";

  /** More distinct texts than any rule set has; beyond it they are encoded each time. */
  private static final int MAX_KEPT = 1_000;

  private static final String OURS = EventHeaders.VALIDATION + ".";
  private static final Header NOT_JUDGED = header(EventHeaders.REASON, UNJUDGED);

  private final Map<String, Header> rules = new HashMap<>();
  private final Map<String, Header> reasons = new HashMap<>();
  private final Map<String, Header> ranges = new HashMap<>();
  private final Map<String, Header> hashes = new HashMap<>();

  /**
   * Adds the headers of {@code invalid}, or of an event that was not judged if it is null. That it
   * is invalid says the topic.
   */
  public void addTo(Headers headers, @Nullable Invalid invalid) {
    if (invalid == null) {
      headers.add(NOT_JUDGED);
      return;
    }
    headers.add(kept(rules, EventHeaders.RULE, invalid.rule()));
    headers.add(kept(reasons, EventHeaders.REASON, invalid.reason().name()));
    headers.add(header(EventHeaders.VALUE, invalid.value()));
    headers.add(kept(ranges, EventHeaders.RANGE, invalid.range()));
  }

  /**
   * Adds the {@linkplain io.sluice.validate.Rules#hash hash} of the rules that gave the verdict.
   */
  public void addRules(Headers headers, String hash) {
    headers.add(kept(hashes, EventHeaders.RULES, hash));
  }

  /**
   * Takes away every header that is {@code validation} or begins with {@code validation.}: what
   * somebody else said of the record, or we at another time.
   */
  public static void removeFrom(Headers headers) {
    Set<String> names = null; // Most records have none, and cost no set.
    for (Header header : headers) {
      String name = header.key();
      if (name.equals(EventHeaders.VALIDATION) || name.startsWith(OURS)) {
        names = names == null ? new HashSet<>() : names;
        names.add(name);
      }
    }
    if (names != null) {
      names.forEach(headers::remove);
    }
  }

  /** The text of the last header of that name; null if there is none, or it has no value. */
  public static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    byte[] value = header == null ? null : header.value();
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }

  private static Header kept(Map<String, Header> headers, String name, String text) {
    Header header = headers.get(text);
    if (header == null) {
      header = header(name, text);
      if (headers.size() < MAX_KEPT) {
        headers.put(text, header);
      }
    }
    return header;
  }

  private static Header header(String name, String text) {
    return new RecordHeader(name, text.getBytes(StandardCharsets.UTF_8));
  }
}
