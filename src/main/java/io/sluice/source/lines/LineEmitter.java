package io.sluice.source.lines;

import io.sluice.logging.RepeatingWarning;
import io.sluice.source.config.LineRules;
import io.sluice.source.config.LineRules.LongLines;
import io.sluice.source.files.TailedFile;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.Time;
import io.sluice.source.metrics.LineCounts;
import io.sluice.source.positions.AnchoredOffset;
import io.sluice.validate.Reason;
import io.sluice.validate.Verdict;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds events to batches, within the bound of a line. Used by one thread. */
public final class LineEmitter {
  private static final Logger LOG = LoggerFactory.getLogger(LineEmitter.class);

  /** The rule that lines and gaps fail which the source itself finds invalid. */
  static final String RULE = "source";

  private final LineRules rules;
  private final LineCounts counts;
  private final RepeatingWarning limiter;

  public LineEmitter(LineRules rules, LineCounts counts, Time time) {
    this.rules = rules;
    this.counts = counts;
    this.limiter = new RepeatingWarning(LOG, time::nanos);
  }

  /** Index just past the first piece of a line that has to be split; negative if it has not. */
  long splitAt(long start, long end) {
    boolean split = rules.longLines() == LongLines.SPLIT && end - start > rules.maxLineBytes();
    return split ? start + rules.maxLineBytes() : -1;
  }

  /**
   * Adds the line between two indexes.
   *
   * @param next index just past its terminator
   */
  void add(
      ReadBuffer buffer,
      TailedFile file,
      Content content,
      LineOutput out,
      long start,
      long end,
      int next)
      throws IOException {
    byte[] body = buffer.copy(content, start, end, rules.maxLineBytes());
    add(buffer, file, out, start, end, buffer.place(next), body);
  }

  /** Adds a line with another body than its bytes. */
  void add(
      ReadBuffer buffer,
      TailedFile file,
      LineOutput out,
      long start,
      long end,
      AnchoredOffset next,
      byte[] body) {
    long from = buffer.offset(start);
    if (from == 0) {
      lookForMark(file, body);
    }
    verdict(file, from, end - start)
        .ifPresentOrElse(
            tooLong -> out.add(file, from, next.offset(), next.anchor(), body, tooLong),
            () -> out.add(file, from, next.offset(), next.anchor(), body));
  }

  /**
   * Adds a text that was joined from pieces, cut to the bound by the caller.
   *
   * @param length of the whole text
   */
  void add(
      TailedFile file,
      LineOutput out,
      long from,
      AnchoredOffset next,
      byte[] body,
      long length,
      Map<String, String> headers) {
    Optional<Verdict> verdict = verdict(file, from, length);
    out.add(file, from, next.offset(), next.anchor(), body, headers, verdict);
  }

  private Optional<Verdict> verdict(TailedFile file, long from, long length) {
    if (length <= rules.maxLineBytes() || rules.longLines() == LongLines.SPLIT) {
      return Optional.empty();
    }
    tooLong(file, from, length);
    if (rules.longLines() == LongLines.TRUNCATE) {
      return Optional.empty();
    }
    String limit = "[0," + rules.maxLineBytes() + "]";
    return Optional.of(new Verdict.Invalid(RULE, Reason.TOO_LONG, Long.toString(length), limit));
  }

  /** A mark is a part of the first line, as every byte is, and hides a field that begins there. */
  private void lookForMark(TailedFile file, byte[] body) {
    int first = body.length < 2 ? 0 : ((body[0] & 0xFF) << 8) | (body[1] & 0xFF);
    String charset =
        switch (first) {
          case 0xEFBB -> "UTF-8";
          case 0xFFFE, 0xFEFF -> "UTF-16";
          default -> "";
        };
    if (!charset.isEmpty()) {
      limiter.warn(
          () ->
              "%s begins with a byte order mark, which is a part of its first line; write charset = %s to leave it out"
                  .formatted(file, charset));
    }
  }

  void tooLong(TailedFile file, long offset, long length) {
    counts.longLine();
    limiter.warn(
        () ->
            "the line at %d of %s has %d bytes, more than maxLineBytes = %d; longLines = %s"
                .formatted(offset, file, length, rules.maxLineBytes(), rules.longLines()));
  }
}
