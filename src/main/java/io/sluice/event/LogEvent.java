package io.sluice.event;

import io.sluice.delivery.BatchAccount;
import io.sluice.validate.Verdict;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One line of a log file: its bytes without the terminator, and where it came from. The memory
 * channel hands on this same object, so the sink can report the line's delivery to its ledger.
 *
 * <p>The header map is made only when somebody asks for it. Handed from thread to thread through
 * the channel, never used by two at once.
 */
public final class LogEvent implements Tracked {
  private final Origin origin;
  private final long start;
  private final long end;
  private final long anchor;
  private byte[] body;
  private boolean retried;
  private @Nullable Verdict verdict;
  private @Nullable Map<String, String> headers;

  /**
   * @param start offset of the line's first byte in its file
   * @param end offset just past its terminator
   * @param anchor the {@link io.sluice.delivery.Anchor} of {@code end}
   * @param body the line's bytes, owned by the event from now on
   */
  public LogEvent(Origin origin, long start, long end, long anchor, byte[] body) {
    this.origin = origin;
    this.start = start;
    this.end = end;
    this.anchor = anchor;
    this.body = body;
  }

  /**
   * The same line for another try at the channel, without what interceptors have made of it.
   *
   * @param original the line's bytes, owned by the new event from now on
   */
  public LogEvent retry(byte[] original) {
    var event = new LogEvent(origin, start, end, anchor, original);
    event.retried = true;
    return event;
  }

  /** Whether interceptors have seen the line before, and the channel had no room for it. */
  public boolean isRetried() {
    return retried;
  }

  public Origin origin() {
    return origin;
  }

  public long start() {
    return start;
  }

  public long end() {
    return end;
  }

  public long anchor() {
    return anchor;
  }

  /** Not to be shipped: the source was stopped since, and the next one reads the line again. */
  @Override
  public boolean isStale() {
    return origin.ledger().isClosed();
  }

  @Override
  public void addTo(BatchAccount account) {
    account.add(origin.ledger(), start, end, anchor, origin.sequence());
  }

  /** When the source read it, as {@link System#nanoTime}. */
  public long readNanos() {
    return origin.readNanos();
  }

  /** The name that its file has now. */
  public String path() {
    return origin.ledger().position().file().path();
  }

  public Optional<Verdict> verdict() {
    return Optional.ofNullable(verdict);
  }

  void judge(Verdict newVerdict) {
    verdict = newVerdict;
    if (headers != null) {
      Verdicts.toHeaders(newVerdict, headers);
    }
  }

  /** Whether the event has no headers but its verdict, so that nobody needs to ask for them. */
  public boolean isBare() {
    return headers == null && !origin.hasHeaders();
  }

  /** Whether {@link #getHeaders} was ever called; if not, nobody has added a header. */
  boolean hasHeaders() {
    return headers != null;
  }

  @Override
  public Map<String, String> getHeaders() {
    if (headers == null) {
      headers = new HashMap<>();
      origin.addHeaders(headers, start);
      if (verdict != null) {
        Verdicts.toHeaders(verdict, headers);
      }
    }
    return headers;
  }

  @Override
  public void setHeaders(Map<String, String> newHeaders) {
    headers = newHeaders;
  }

  @Override
  public byte[] getBody() {
    return body;
  }

  @Override
  public void setBody(byte[] newBody) {
    body = newBody;
  }

  /** The line's place; never its content. */
  @Override
  public String toString() {
    return "line at " + start + " of " + path();
  }
}
