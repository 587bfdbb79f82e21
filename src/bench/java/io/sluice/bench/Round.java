package io.sluice.bench;

/** One contender's figures in one round. */
record Round(double wallSeconds, ProcessFigures process, long lost, long duplicates) {
  double linesASecond(int lines) {
    return lines / wallSeconds;
  }

  double cpuSecondsAMillion(int lines) {
    return process.cpuSeconds() * 1e6 / lines;
  }
}
