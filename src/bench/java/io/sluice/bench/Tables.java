package io.sluice.bench;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/** Results as Markdown tables: medians of all rounds, and of each round's ratio to the first. */
record Tables(Results results) {
  /** One for each part. */
  String all() {
    var text = new StringBuilder();
    results.parts().forEach(part -> text.append(part(part)));
    return text.toString();
  }

  String part(String part) {
    List<String> contenders = results.contenders(part);
    boolean isDelay =
        results.of(part, contenders.get(0)).get(0).figures().containsKey(Figure.P50_MS);
    var text = new StringBuilder("\n**%s:** %s\n\n".formatted(part, circumstance("part " + part)));
    text.append(
        isDelay
            ? "| What | p50 ms | p99 ms | p99.9 ms | worst ms | not arrived |\n|---|---:|---:|---:|---:|---:|\n"
            : "| What | lines/s | ratio | second half | wall s | CPU s per million | broker CPU s per"
                + " million | peak MB | lost | twice |\n"
                + "|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|\n");
    for (String contender : contenders) {
      text.append("| ").append(Contenders.named(contender).title());
      text.append(
          isDelay ? delay(part, contender) : throughput(part, contender, contenders.get(0)));
      text.append(" |\n");
    }
    return text.toString();
  }

  private String delay(String part, String contender) {
    return cell(part, contender, "%.1f", run -> run.get(Figure.P50_MS))
        + cell(part, contender, "%.1f", run -> run.get(Figure.P99_MS))
        + cell(part, contender, "%.1f", run -> run.get(Figure.P999_MS))
        + cell(part, contender, "%.1f", run -> run.get(Figure.WORST_MS))
        + sum(part, contender, Figure.LOST);
  }

  private String throughput(String part, String contender, String first) {
    return cell(part, contender, "%,.0f", Result::linesASecond)
        + cell("%.2f", results.ratio(part, contender, first, Result::linesASecond))
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
