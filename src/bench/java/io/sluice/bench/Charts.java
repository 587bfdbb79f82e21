package io.sluice.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The charts of a suite, each a file beside its results. */
record Charts(Path folder, String suite, Results results) {
  private static final String LINES_A_SECOND = "%,.0f";

  /** Writes them; the Markdown that shows them. */
  String write() throws IOException {
    var markdown = new StringBuilder();
    for (Map.Entry<String, Chart> each : charts().entrySet()) {
      String name = suite + "-" + each.getKey().replaceAll("\\W+", "-") + ".svg";
      Chart chart = each.getValue();
      if (!chart.bars().isEmpty()) {
        Files.writeString(folder.resolve(name), chart.svg());
        markdown.append("![%s](%s/%s)\n\n".formatted(chart.title(), folder.getFileName(), name));
      }
    }
    return markdown.toString();
  }

  private Map<String, Chart> charts() {
    Map<String, Chart> charts = new LinkedHashMap<>();
    switch (suite) {
      case "bars" -> {
        charts.put(
            "rate",
            chart(
                "Lines per second, from the start of the JVM to the last line",
                LINES_A_SECOND,
                Suites.BACKLOG,
                Result::linesASecond));
        charts.put(
            "cpu",
            chart(
                "CPU seconds per million lines, without the broker's",
                "%.1f",
                Suites.BACKLOG,
                Result::cpuSecondsAMillion));
        charts.put(
            "delay",
            chart(
                "Delay at 1,000 lines per second, p99, ms",
                "%.1f",
                Suites.DELAY,
                run -> run.get(Figure.P99_MS)));
      }
      case "growth", "agents" -> grown(charts);
      default ->
          results
              .parts()
              .forEach(
                  part ->
                      charts.put(
                          part,
                          chart(
                              "Lines per second: " + part,
                              LINES_A_SECOND,
                              part,
                              Result::linesASecond)));
    }
    return charts;
  }

  private Chart chart(String title, String format, String part, ToDoubleFunction<Result> figure) {
    var chart = new Chart(title, format);
    for (String contender : results.contenders(part)) {
      results
          .median(part, contender, figure)
          .ifPresent(
              value ->
                  chart.add(
                      Contenders.named(contender).title(), value, contender.startsWith("sluice")));
    }
    return chart;
  }

  /** One chart for each direction; the parts' names are {@code what=size}. */
  private void grown(Map<String, Chart> charts) {
    for (String part : results.parts()) {
      String what = part.substring(0, part.indexOf('='));
      Chart chart =
          charts.computeIfAbsent(
              what, key -> new Chart("Lines per second, second half, by " + key, LINES_A_SECOND));
      for (String contender : results.contenders(part)) {
        results
            .median(part, contender, Result::steadyLinesASecond)
            .ifPresent(value -> chart.add(part.replace("=", ": "), value, true));
      }
    }
  }
}
