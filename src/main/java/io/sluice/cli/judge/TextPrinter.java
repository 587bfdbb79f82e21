package io.sluice.cli.judge;

import io.sluice.cli.terminal.Style;
import io.sluice.logging.Shown;
import io.sluice.validate.RuleInfo;
import io.sluice.validate.Verdict;
import io.sluice.validate.Verdict.Invalid;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** For people: columns with the verdict, and the line with its number marked. */
final class TextPrinter implements Printer {
  private static final int LONGEST_REASON = "NOT_AN_INTEGER".length();
  private static final int MOST_RULE = 16;
  private static final int VALUE = 12;
  private static final int MOST_RANGE = 20;

  private final Writer out;
  private final Style style;
  private final LineText text;
  private final boolean namesFiles;
  private final boolean namesRules;
  private final int reasonWidth;
  private final int rangeWidth;
  private String file = "";

  /**
   * @param rules to make room for their names and ranges
   */
  TextPrinter(Writer out, Style style, boolean namesFiles, List<RuleInfo> rules) {
    this.out = out;
    this.style = style;
    this.text = new LineText(style);
    this.namesFiles = namesFiles;
    this.namesRules = rules.size() > 1;
    int rule = rules.stream().mapToInt(info -> info.name().length()).max().orElse(0);
    this.reasonWidth = LONGEST_REASON + (namesRules ? 1 + Math.min(rule, MOST_RULE) : 0);
    int range = rules.stream().mapToInt(info -> info.range().text().length()).max().orElse(0);
    this.rangeWidth = Math.min(MOST_RANGE, range);
  }

  @Override
  public void line(
      String lineFile, long number, long offset, byte[] line, Verdict verdict, Marks marks)
      throws IOException {
    file(lineFile);
    String shown = text.of(line, marks.ends(), marks.lastIsWrong());
    if (Outcome.of(verdict) == Outcome.valid) {
      row(style.good(text.column("valid", reasonWidth)), "", "", shown);
    } else {
      String range = verdict instanceof Invalid no ? no.range() : "";
      String reason = text.column(reason(verdict), reasonWidth);
      row(style.bad(reason), Outcome.value(verdict), range, shown);
    }
  }

  private String reason(Verdict verdict) {
    String spelled = Outcome.spelled(verdict);
    int dot = spelled.indexOf('.');
    return namesRules || dot < 0 ? spelled : spelled.substring(dot + 1);
  }

  @Override
  public void flip(
      String lineFile, long number, long offset, byte[] line, Verdict verdict, Verdict trial)
      throws IOException {
    file(lineFile);
    String before = text.column(reason(verdict), reasonWidth);
    String after = text.column(reason(trial), reasonWidth);
    out.write(before + " -> " + style.bold(after) + "  " + text.of(line) + "\n");
  }

  private void row(String verdict, String value, String range, String line) throws IOException {
    out.write(verdict);
    out.write("  ");
    out.write(text.column(value, VALUE));
    out.write("  ");
    out.write(text.column(range, rangeWidth));
    out.write("  ");
    out.write(line);
    out.write('\n');
  }

  private void file(String next) throws IOException {
    if (namesFiles && !next.equals(file)) {
      out.write(style.bold("==> " + Shown.of(next) + " <==") + "\n");
      file = next;
    }
  }

  @Override
  public void summary(Summary summary) throws IOException {
    for (String row : new SummaryText(summary, style).rows()) {
      out.write(row + "\n");
    }
  }
}
