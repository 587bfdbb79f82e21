package io.sluice.event;

import io.sluice.validate.Reason;
import io.sluice.validate.Verdict;
import io.sluice.validate.Verdict.Invalid;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Event;
import org.jspecify.annotations.Nullable;

/** Carries a verdict on an event: in a field of ours, and as headers for everybody else. */
public final class Verdicts {
  private static final String VALID = "valid";
  private static final String INVALID = "invalid";

  private Verdicts() {}

  /** Puts {@code verdict} on the event, even if its headers are missing or cannot be changed. */
  public static void put(Event event, Verdict verdict) {
    try {
      write(event, verdict);
    } catch (UnsupportedOperationException e) {
      // Some clients of Flume make events with an immutable map.
      event.setHeaders(new HashMap<>(event.getHeaders()));
      write(event, verdict);
    }
  }

  private static void write(Event event, Verdict verdict) {
    if (event instanceof LogEvent line) {
      line.judge(verdict);
      return;
    }
    Map<String, String> headers = event.getHeaders();
    if (headers == null) {
      headers = new HashMap<>();
      event.setHeaders(headers);
    }
    toHeaders(verdict, headers);
  }

  /** The verdict on the event, if it was judged here or before a channel that serialises. */
  public static Optional<Verdict> of(Event event) {
    if (event instanceof LogEvent line) {
      Optional<Verdict> verdict = line.verdict();
      if (verdict.isPresent() || !line.hasHeaders()) {
        return verdict;
      }
    }
    Map<String, String> headers = event.getHeaders();
    return headers == null ? Optional.empty() : fromHeaders(headers);
  }

  static void toHeaders(Verdict verdict, Map<String, String> headers) {
    headers.put(EventHeaders.VALIDATION, verdict instanceof Invalid ? INVALID : VALID);
    if (verdict instanceof Invalid invalid) {
      headers.put(EventHeaders.RULE, invalid.rule());
      headers.put(EventHeaders.REASON, invalid.reason().name());
      headers.put(EventHeaders.VALUE, invalid.value());
      headers.put(EventHeaders.RANGE, invalid.range());
    }
  }

  private static Optional<Verdict> fromHeaders(Map<String, String> headers) {
    String validation = headers.get(EventHeaders.VALIDATION);
    if (VALID.equals(validation)) {
      return Optional.of(Verdict.VALID);
    }
    if (!INVALID.equals(validation)) {
      return Optional.empty();
    }
    return Optional.of(
        new Invalid(
            headers.getOrDefault(EventHeaders.RULE, ""),
            reason(headers.get(EventHeaders.REASON)),
            headers.getOrDefault(EventHeaders.VALUE, ""),
            headers.getOrDefault(EventHeaders.RANGE, "")));
  }

  private static Reason reason(@Nullable String name) {
    for (Reason reason : Reason.values()) {
      if (reason.name().equals(name)) {
        return reason;
      }
    }
    return Reason.UNPARSABLE;
  }
}
