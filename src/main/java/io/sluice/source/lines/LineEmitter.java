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
    if (end - start <= rules.maxLineBytes() || rules.longLines() == LongLines.SPLIT) {
      out.add(file, from, next.offset(), next.anchor(), body);
      return;
    }
    tooLong(file, from, end - start);
    if (rules.longLines() == LongLines.TRUNCATE) {
      out.add(file, from, next.offset(), next.anchor(), body);
    } else {
      String limit = "[0," + rules.maxLineBytes() + "]";
      var tooLong = new Verdict.Invalid(RULE, Reason.TOO_LONG, Long.toString(end - start), limit);
      out.add(file, from, next.offset(), next.anchor(), body, tooLong);
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
