package io.sluice.bench;

import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Medians of all rounds as a Markdown table; ratios are to the first contender. */
record Table(int lines, Map<Contender, List<Round>> results) {
  @Override
  public String toString() {
    var text = new StringBuilder();
    Iterator<List<Round>> all = results.values().iterator();
    List<Round> first = all.next();
    text.append(
        String.format(
            Locale.ROOT,
            "%n%,d lines of 107 bytes, medians of %d rounds in turns; %d processors, JDK %s%n%n",
            lines,
            first.size(),
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("java.version")));
    text.append(
        "| What | lines/s | ratio | wall s | CPU s per million | peak MB | lost | twice |\n");
    text.append("|---|---:|---:|---:|---:|---:|---:|---:|\n");
    double reference = median(first, round -> round.linesASecond(lines));
    results.forEach((contender, rounds) -> text.append(row(contender, rounds, reference)));
    return text.toString();
  }

  private String row(Contender contender, List<Round> rounds, double reference) {
    double rate = median(rounds, round -> round.linesASecond(lines));
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %.2f | %.2f (%.2f–%.2f) | %.2f | %.0f | %d | %d |%n",
        contender.title(),
        rate,
        rate / reference,
        median(rounds, Round::wallSeconds),
        rounds.stream().mapToDouble(Round::wallSeconds).min().orElse(0),
        rounds.stream().mapToDouble(Round::wallSeconds).max().orElse(0),
        median(rounds, round -> round.cpuSecondsAMillion(lines)),
        median(rounds, round -> round.process().peakMegabytes()),
        rounds.stream().mapToLong(Round::lost).sum(),
        rounds.stream().mapToLong(Round::duplicates).sum());
  }

  private static double median(List<Round> rounds, ToDoubleFunction<Round> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
