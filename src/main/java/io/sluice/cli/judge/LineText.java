package io.sluice.cli.judge;

import io.sluice.cli.terminal.Style;
import io.sluice.logging.Shown;
import java.nio.charset.StandardCharsets;

/** Lines of logs, which hold anything, fit for a terminal: one row, no controls, bounded. */
final class LineText {
  /** In bytes; of a longer line the part around the field is shown. */
  static final int MOST_BYTES = 400;

  private final Style style;

  LineText(Style style) {
    this.style = style;
  }

  String of(byte[] line) {
    return of(line, new int[0], false);
  }

  /**
   * @param ends start and end of each field, in pairs, ascending or not
   * @param lastIsWrong whether the last field is what a rule failed by
   */
  String of(byte[] line, int[] ends, boolean lastIsWrong) {
    int last = ends.length - 2;
    int focus = last < 0 ? 0 : ends[last];
    int start = focus + 40 <= MOST_BYTES ? 0 : Math.min(focus - 40, line.length - MOST_BYTES);
    start = Math.max(0, start);
    int end = Math.min(line.length, start + MOST_BYTES);
    var text = new StringBuilder(start > 0 ? style.ellipsis() : "");
    int at = start;
    for (int i = 0; i <= last; i += 2) {
      int from = Math.max(at, ends[i]);
      int to = Math.min(end, ends[i + 1]);
      if (from <= to && ends[i] >= at) {
        text.append(shown(line, at, from));
        String field = shown(line, from, to);
        text.append(i == last && lastIsWrong ? style.badMark(field) : style.goodMark(field));
        at = to;
      }
    }
    return text.append(shown(line, at, end))
        .append(end < line.length ? style.ellipsis() : "")
        .toString();
  }

  private static String shown(byte[] line, int from, int to) {
    String text = new String(line, from, to - from, StandardCharsets.UTF_8);
    return Shown.of(text.replace('\t', ' ').replace("\n", " \\n "));
  }

  /** A value or a name, padded and cut to a column. */
  String column(String text, int width) {
    String shown = Shown.of(text);
    if (shown.length() > width) {
      return shown.substring(0, width - style.ellipsis().length()) + style.ellipsis();
    }
    return shown + " ".repeat(width - shown.length());
  }
}
