package io.sluice.source;

import io.sluice.event.LogEvent;
import io.sluice.logging.RepeatingWarning;
import io.sluice.source.LineRules.LongLines;
import io.sluice.validate.Reason;
import io.sluice.validate.Verdict;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Adds events to batches, within the bound of a line. Used by one thread. */
final class Bodies {
  private static final Logger log = LoggerFactory.getLogger(Bodies.class);

  private final LineRules rules;
  private final LogFileSourceCounter counter;
  private final RepeatingWarning limiter;

  Bodies(LineRules rules, LogFileSourceCounter counter, Time time) {
    this.rules = rules;
    this.counter = counter;
    this.limiter = new RepeatingWarning(log, time::nanos);
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
      Block block, TailedFile file, Content content, Batch batch, long start, long end, int next)
      throws IOException {
    byte[] body = block.copy(content, start, end, rules.maxLineBytes());
    add(block, file, batch, start, end, block.place(next), body);
  }

  /** Adds a line with another body than its bytes. */
  void add(
      Block block, TailedFile file, Batch batch, long start, long end, Place next, byte[] body) {
    var event =
        new LogEvent(batch.reading(file), block.offset(start), next.offset(), next.anchor(), body);
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
          event, new Verdict.Invalid(Gap.RULE, Reason.TOO_LONG, Long.toString(end - start), limit));
    }
  }

  void tooLong(TailedFile file, long offset, long length) {
    counter.longLine();
    limiter.warn(
        () ->
            "the line at %d of %s has %d bytes, more than maxLineBytes = %d; longLines = %s"
                .formatted(offset, file, length, rules.maxLineBytes(), rules.longLines()));
  }
}
