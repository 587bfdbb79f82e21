package io.sluice.cli.judge;

import io.sluice.cli.survey.Decimals;
import io.sluice.cli.survey.Distribution;
import io.sluice.cli.terminal.Style;
import io.sluice.logging.Shown;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The summary for people. */
final class SummaryText {
  private static final int MOST_REASONS = 10;
  private static final int BAR = 40;
  private static final double[] QUANTILES = {0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99};
  private static final int EDGE = 10;

  private final Summary summary;
  private final Style style;
  private final LineText text;
  private final List<String> rows = new ArrayList<>();

  SummaryText(Summary summary, Style style) {
    this.summary = summary;
    this.style = style;
    this.text = new LineText(style);
  }

  List<String> rows() {
    totals();
    table("reason", summary.reasons());
    if (summary.isOnTrial()) {
      flips();
    }
    summary.numbers().forEach(this::numbers);
    summary.hints().forEach(hint -> rows.add(style.bold("note: ") + Shown.of(hint)));
    return rows;
  }

  private void totals() {
    var outcomes = new ArrayList<String>();
    outcomes.add(style.good(share(Outcome.valid)));
    outcomes.add(style.bad(share(Outcome.invalid)));
    if (summary.of(Outcome.dropped) > 0) {
      outcomes.add(share(Outcome.dropped));
    }
    rows.add("");
    rows.add(
        style.bold(counted(summary.lines(), "line"))
            + (summary.files() > 1 ? " in %,d files".formatted(summary.files()) : "")
            + ": "
            + String.join(", ", outcomes));
  }

  private String share(Outcome outcome) {
    long count = summary.of(outcome);
    return String.format(Locale.ROOT, "%,d %s (%.1f%%)", count, outcome, summary.percent(count));
  }

  static String counted(long count, String noun) {
    return String.format(Locale.ROOT, "%,d %s%s", count, noun, count == 1 ? "" : "s");
  }

  private void table(String title, List<Reasons.Entry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    int width = entries.stream().mapToInt(entry -> entry.name().length()).max().orElse(0);
    int column = Math.max(title.length(), width);
    rows.add("");
    rows.add(
        style.dim("%12s  %6s  %s  first".formatted("lines", "share", text.column(title, column))));
    for (Reasons.Entry entry : entries.subList(0, Math.min(MOST_REASONS, entries.size()))) {
      Sample sample = entry.sample();
      rows.add(
          String.format(
              Locale.ROOT,
              "%,12d  %5.1f%%  %s  %s: %s",
              entry.count(),
              summary.percent(entry.count()),
              style.bad(text.column(entry.name(), column)),
              style.dim(Shown.of(sample.file()) + ":" + sample.number()),
              text.of(sample.line())));
    }
    if (entries.size() > MOST_REASONS) {
      rows.add(style.dim("%12s  and %d more".formatted("", entries.size() - MOST_REASONS)));
    }
  }

  private void flips() {
    long count = summary.flips().stream().mapToLong(Reasons.Entry::count).sum();
    rows.add("");
    rows.add(
        String.format(
            Locale.ROOT,
            "With the rules on trial %s (%.1f%%) would go another way.",
            counted(count, "line"),
            summary.percent(count)));
    table("change", summary.flips());
  }

  private void numbers(RuleNumbers ofRule) {
    Distribution all = ofRule.all();
    rows.add("");
    rows.add(
        "%s, field %s, range %s: %s"
            .formatted(
                style.bold(ofRule.rule().name()),
                Shown.of(ofRule.rule().field()),
                ofRule.range(),
                all.count() == 0
                    ? "no numbers"
                    : "%s from %s to %s"
                        .formatted(
                            counted(all.count(), "number"),
                            Decimals.text(all.min()),
                            Decimals.text(all.max()))));
    if (all.count() == 0) {
      return;
    }
    var quantiles = new ArrayList<String>();
    for (double q : QUANTILES) {
      quantiles.add("p%.0f %s".formatted(100 * q, Decimals.text(all.quantile(q))));
    }
    rows.add("  " + style.dim(String.join("  ", quantiles)));
    List<Histogram.Row> histogram = Histogram.of(ofRule);
    long most = histogram.stream().mapToLong(Histogram.Row::numbers).max().orElse(1);
    histogram.forEach(row -> rows.add(row(ofRule, row, most)));
  }

  private String row(RuleNumbers ofRule, Histogram.Row row, long most) {
    int length = (int) Math.ceil((double) BAR * row.numbers() / most);
    int light = (int) Math.ceil((double) length * row.outside() / Math.max(1, row.numbers()));
    String label =
        Double.isInfinite(row.from())
            ? "%s   < %s".formatted(" ".repeat(EDGE), edge(row.to()))
            : Double.isInfinite(row.to())
                ? "%s  >= %s".formatted(" ".repeat(EDGE), edge(row.from()))
                : "%s ... %s".formatted(edge(row.from()), edge(row.to()));
    return String.format(
        Locale.ROOT,
        "  %s %s %,11d %s",
        label,
        ofRule.range().contains(middle(row)) ? style.good(style.inRange()) : " ",
        row.numbers(),
        style.bar(length - light, light));
  }

  /** A number inside of the row, which has no bound of the range inside. */
  private static BigDecimal middle(Histogram.Row row) {
    if (Double.isInfinite(row.from())) {
      return new BigDecimal(row.to()).subtract(BigDecimal.ONE);
    }
    return Double.isInfinite(row.to())
        ? new BigDecimal(row.from()).add(BigDecimal.ONE)
        : new BigDecimal(row.from()).add(new BigDecimal(row.to())).divide(BigDecimal.valueOf(2));
  }

  private static String edge(double number) {
    return "%10s".formatted(Decimals.text(number));
  }
}
