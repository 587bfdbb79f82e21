package io.sluice.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/** Results as Markdown tables: medians of all rounds, and of each round's ratio to the first. */
record Tables(Results results) {
  private static final String[] DELAY = {"p50 ms", "p99 ms", "p99.9 ms", "worst ms", "not arrived"};
  private static final String[] THROUGHPUT = {
    "lines/s",
    "second half",
    "wall s",
    "CPU s per million",
    "broker CPU s per million",
    "peak MB",
    "lost",
    "twice"
  };

  /** One for each part; or one for all where nobody is compared with anybody. */
  String all() {
    boolean alone = results.runs().stream().map(Result::contender).distinct().count() == 1;
    if (alone && results.parts().size() > 1) {
      var text = new StringBuilder(header("", THROUGHPUT));
      for (String part : results.parts()) {
        String contender = results.contenders(part).get(0);
        text.append("| ").append(part.replace("=", ": ")).append(throughput(part, contender));
        text.append(" |\n");
      }
      return text.toString();
    }
    return results.parts().stream().map(this::part).collect(Collectors.joining("\n"));
  }

  private String part(String part) {
    List<String> contenders = results.contenders(part);
    String first = contenders.get(0);
    boolean isDelay = results.of(part, first).get(0).figures().containsKey(Figure.P50_MS);
    var text = new StringBuilder("**%s:** %s\n\n".formatted(part, circumstance("part " + part)));
    text.append(isDelay ? header("", DELAY) : header(" | ratio", THROUGHPUT));
    for (String contender : contenders) {
      text.append("| ").append(Contenders.named(contender).title());
      text.append(
          isDelay
              ? delay(part, contender)
              : cell("%.2f", results.ratio(part, contender, first, Result::linesASecond))
                  + throughput(part, contender));
      text.append(" |\n");
    }
    return text.toString();
  }

  private static String header(String begin, String... columns) {
    String names = "| What%s | %s |\n".formatted(begin, String.join(" | ", columns));
    return names + "|---" + "|---:".repeat(columns.length + (begin.isEmpty() ? 0 : 1)) + "|\n";
  }

  private String delay(String part, String contender) {
    return cell(part, contender, "%.1f", run -> run.get(Figure.P50_MS))
        + cell(part, contender, "%.1f", run -> run.get(Figure.P99_MS))
        + cell(part, contender, "%.1f", run -> run.get(Figure.P999_MS))
        + cell(part, contender, "%.1f", run -> run.get(Figure.WORST_MS))
        + sum(part, contender, Figure.LOST);
  }

  private String throughput(String part, String contender) {
    return cell(part, contender, "%,.0f", Result::linesASecond)
        + cell(part, contender, "%,.0f", Result::steadyLinesASecond)
        + cell(part, contender, "%.2f", run -> run.get(Figure.WALL_S))
        + cell(part, contender, "%.2f", Result::cpuSecondsAMillion)
        + cell(part, contender, "%.2f", Result::brokerCpuSecondsAMillion)
        + cell(part, contender, "%.0f", run -> run.get(Figure.PEAK_MB))
        + sum(part, contender, Figure.LOST)
        + sum(part, contender, Figure.TWICE);
  }

  private String cell(
      String part, String contender, String format, ToDoubleFunction<Result> figure) {
    return cell(format, results.median(part, contender, figure));
  }

  private static String cell(String format, OptionalDouble value) {
    return " | "
        + (value.isPresent() && Double.isFinite(value.getAsDouble())
            ? String.format(Locale.ROOT, format, value.getAsDouble())
            : "–");
  }

  private String sum(String part, String contender, Figure figure) {
    return " | %.0f"
        .formatted(results.of(part, contender).stream().mapToDouble(run -> run.get(figure)).sum());
  }

  /** What was noted about the measurement under this name. */
  String circumstance(String name) {
    return results.circumstances().stream()
        .filter(line -> line.startsWith(name + ": "))
        .map(line -> line.substring(name.length() + 2))
        .findFirst()
        .orElse("");
  }
}
