package io.sluice.bench;

import java.util.Locale;

/** What is measured in a run: a column of the results. */
enum Figure {
  /** Lines shipped. */
  LINES,
  /** From the start of the process to the moment when the last line is readable everywhere. */
  WALL_S,
  /** The same for half of the lines. */
  HALF_S,
  /** CPU time of the contender's processes until then. */
  CPU_S,
  /** CPU time of the broker in the same span. */
  BROKER_CPU_S,
  /** Most memory resident at one time. */
  PEAK_MB,
  /** Lines missing in a topic. */
  LOST,
  /** Lines too many in a topic. */
  TWICE,
  /** From the append of a line to its consumer, for half of the lines. */
  P50_MS,
  P99_MS,
  P999_MS,
  WORST_MS;

  /** The column's name. */
  String column() {
    return name().toLowerCase(Locale.ROOT);
  }
}
