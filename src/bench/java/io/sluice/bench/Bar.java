package io.sluice.bench;

import static io.sluice.bench.Suites.BACKLOG;
import static io.sluice.bench.Suites.DEFAULTS;
import static io.sluice.bench.Suites.DELAY;
import static io.sluice.bench.Suites.SMALL;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What Sluice has to reach.
 *
 * @param atLeast whether more is better
 * @param unit of both figures; empty for ratios
 */
record Bar(String what, boolean atLeast, double bound, String unit, OptionalDouble measured) {
  private static final ToDoubleFunction<Result> WALL = run -> run.get(Figure.WALL_S);

  /** All of them, with what the results of the suite {@code bars} say. */
  static List<Bar> all(Results of) {
    return List.of(
        least(
            "raw only, the whole backlog, JVM start included: stock Flume's time / ours",
            1.5,
            of.ratio(BACKLOG, "stock", "sluice-raw", WALL)),
        least(
            "raw only, second half: our lines/s / stock Flume's",
            1.6,
            of.ratio(BACKLOG, "sluice-raw", "stock", Result::steadyLinesASecond)),
        most(
            "raw only, CPU of the agent: ours / stock Flume's",
            0.6,
            "",
            of.ratio(BACKLOG, "sluice-raw", "stock", Result::cpuSecondsAMillion)),
        least(
            "raw only, all defaults: stock Flume's time / ours",
            3,
            of.ratio(DEFAULTS, "stock-defaults", "sluice-raw-defaults", WALL)),
        most(
            "raw only: our time / the bare producer loop's",
            1.25,
            "",
            of.ratio(BACKLOG, "sluice-raw", "producer", WALL)),
        least(
            "stock Flume's time for raw only / ours for the whole job",
            1,
            of.ratio(BACKLOG, "stock", "sluice", WALL)),
        least("whole job: rsyslog's time / ours", 3, of.ratio(BACKLOG, "rsyslog", "sluice", WALL)),
        most(
            "whole job: exactly once / at least once, time",
            1.15,
            "",
            of.ratio(BACKLOG, "sluice-exactly-once", "sluice", WALL)),
        most("delay at 1,000 lines/s, p99, at least once", 20, " ms", delay(of, "sluice")),
        most(
            "delay at 1,000 lines/s, p99, exactly once",
            60,
            " ms",
            delay(of, "sluice-exactly-once")),
        least(
            "the sample, speed in -Xmx20m / in 1 GB",
            0.5,
            of.ratio(SMALL, "sluice-20m", "sluice-small", Result::linesASecond)));
  }

  private static OptionalDouble delay(Results of, String contender) {
    return of.median(DELAY, contender, run -> run.get(Figure.P99_MS));
  }

  private static Bar least(String what, double bound, OptionalDouble measured) {
    return new Bar(what, true, bound, "", measured);
  }

  private static Bar most(String what, double bound, String unit, OptionalDouble measured) {
    return new Bar(what, false, bound, unit, measured);
  }

  /** A row of the table: what, bar, measured, met. */
  String row() {
    return String.format(
        Locale.ROOT,
        "| %s | %s %s%s | %s | %s |%n",
        what,
        atLeast ? "≥" : "≤",
        number(bound),
        unit,
        measured.isPresent() ? number(measured.getAsDouble()) + unit : "–",
        measured.isEmpty() ? "not measured" : isMet() ? "yes" : "**no**");
  }

  private boolean isMet() {
    double value = measured.getAsDouble();
    return atLeast ? value >= bound : value <= bound;
  }

  private String number(double value) {
    return Double.isFinite(value)
        ? String.format(Locale.ROOT, unit.isEmpty() ? "%.2f" : "%.1f", value)
        : "did not finish";
  }
}
