package io.sluice.source.lines;

import io.sluice.event.LogEvent;
import io.sluice.logging.RepeatingWarning;
import io.sluice.source.config.LineRules;
import io.sluice.source.config.LineRules.LongLines;
import io.sluice.source.files.TailedFile;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.Time;
import io.sluice.source.metrics.SourceMetrics;
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
  private final SourceMetrics metrics;
  private final RepeatingWarning limiter;

  public LineEmitter(LineRules rules, SourceMetrics metrics, Time time) {
    this.rules = rules;
    this.metrics = metrics;
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
      Batch batch,
      long start,
      long end,
      int next)
      throws IOException {
    byte[] body = buffer.copy(content, start, end, rules.maxLineBytes());
    add(buffer, file, batch, start, end, buffer.place(next), body);
  }

  /** Adds a line with another body than its bytes. */
  void add(
      ReadBuffer buffer,
      TailedFile file,
      Batch batch,
      long start,
      long end,
      AnchoredOffset next,
      byte[] body) {
    var event =
        new LogEvent(batch.reading(file), buffer.offset(start), next.offset(), next.anchor(), body);
    if (end - start <= rules.maxLineBytes() || rules.longLines() == LongLines.SPLIT) {
      batch.add(event);
      return;
    }
    tooLong(file, event.start(), end - start);
    if (rules.longLines() == LongLines.TRUNCATE) {
      batch.add(event);
    } else {
      String limit = "[0," + rules.maxLineBytes() + "]";
      batch.add(
          event, new Verdict.Invalid(RULE, Reason.TOO_LONG, Long.toString(end - start), limit));
    }
  }

  void tooLong(TailedFile file, long offset, long length) {
    metrics.longLine();
    limiter.warn(
        () ->
            "the line at %d of %s has %d bytes, more than maxLineBytes = %d; longLines = %s"
                .formatted(offset, file, length, rules.maxLineBytes(), rules.longLines()));
  }
}
