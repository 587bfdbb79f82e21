package io.sluice.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** The few figures that the README shows: medians of the suite {@code bars}. */
final class Headline {
  private static final List<String> COLUMNS =
      List.of("sluice", "sluice-exactly-once", "stock", "rsyslog");
  private final Results bars;

  Headline(Results bars) {
    this.bars = bars;
  }

  String table() {
    return "| | Sluice, at least once | Sluice, exactly once | stock Flume | rsyslog |\n"
        + "|---|---:|---:|---:|---:|\n"
        + row(
            "raw topic only, lines/s once warm",
            List.of("sluice-raw", "-", "stock", "-"),
            Suites.BACKLOG,
            "%,.0f",
            Result::steadyLinesASecond)
        + row(
            "range check and three topics, lines/s once warm",
            List.of("sluice", "sluice-exactly-once", "-", "rsyslog"),
            Suites.BACKLOG,
            "%,.0f",
            Result::steadyLinesASecond)
        + row("append to consumer, p50, ms", COLUMNS, Suites.DELAY, "%,.1f", p(Figure.P50_MS))
        + row("append to consumer, p99, ms", COLUMNS, Suites.DELAY, "%,.1f", p(Figure.P99_MS));
  }

  private static ToDoubleFunction<Result> p(Figure figure) {
    return run -> run.get(figure);
  }

  private String row(
      String what,
      List<String> contenders,
      String part,
      String format,
      ToDoubleFunction<Result> figure) {
    return contenders.stream()
        .map(contender -> cell(bars.median(part, contender, figure), format))
        .collect(Collectors.joining(" | ", "| " + what + " | ", " |\n"));
  }

  private static String cell(OptionalDouble value, String format) {
    return value.isEmpty() ? "–" : String.format(Locale.ROOT, format, value.getAsDouble());
  }
}
