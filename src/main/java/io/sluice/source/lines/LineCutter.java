package io.sluice.source.lines;

import io.sluice.source.config.LineRules;
import io.sluice.source.config.LineRules.Format;
import io.sluice.source.files.TailedFile;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.Time;
import io.sluice.source.metrics.LineCounts;
import java.io.IOException;

/** Makes events of the lines that end in a buffer. Used by one thread. */
public interface LineCutter {
  /** What makes events by these rules. */
  static LineCutter of(LineRules rules, LineCounts counts, Time time) {
    var emitter = new LineEmitter(rules, counts, time);
    if (rules.format() != Format.LINES) {
      return new ContainerLines(rules, emitter, time);
    }
    return rules.isPlain()
        ? new PlainLines(emitter, rules.maxLineBytes())
        : new TextLines(rules, emitter, counts);
  }

  /** Index just past the first end of a line at or after the block's place; -1 if there is none. */
  int lineEnd(ReadBuffer buffer, Content content) throws IOException;

  /**
   * Adds lines until the batch is full or no line ends in the rest of the buffer, and notes in the
   * file up to where they are read.
   */
  void cut(ReadBuffer buffer, TailedFile file, Content content, LineOutput out) throws IOException;

  /** Adds what stands at the end of the file without an end of its own. */
  void flush(ReadBuffer buffer, TailedFile file, Content content, LineOutput out)
      throws IOException;
}
