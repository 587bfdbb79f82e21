package io.sluice.bench;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;

/**
 * One run.
 *
 * @param part of the suite: contenders are compared within a part and a round
 * @param contender its key
 */
record Result(String part, int round, String contender, Map<Figure, Double> figures) {
  static Result of(String part, int round, String contender, Map<Figure, Double> figures) {
    return new Result(part, round, contender, new EnumMap<>(figures));
  }

  double get(Figure figure) {
    return figures.getOrDefault(figure, Double.NaN);
  }

  double linesASecond() {
    return get(Figure.LINES) / get(Figure.WALL_S);
  }

  /** In the second half: the JVM is warm by then. */
  double steadyLinesASecond() {
    return get(Figure.LINES) / 2 / (get(Figure.WALL_S) - get(Figure.HALF_S));
  }

  double cpuSecondsAMillion() {
    return get(Figure.CPU_S) * 1e6 / get(Figure.LINES);
  }

  double brokerCpuSecondsAMillion() {
    return get(Figure.BROKER_CPU_S) * 1e6 / get(Figure.LINES);
  }

  /** One line for whoever waits. */
  String summary() {
    return figures.containsKey(Figure.P50_MS)
        ? String.format(
            Locale.ROOT,
            "p50 %.1f ms  p99 %.1f ms  lost %.0f",
            get(Figure.P50_MS),
            get(Figure.P99_MS),
            get(Figure.LOST))
        : String.format(
            Locale.ROOT,
            "%6.2f s  %,.0f lines/s  lost %.0f  twice %.0f",
            get(Figure.WALL_S),
            linesASecond(),
            get(Figure.LOST),
            get(Figure.TWICE));
  }
}
