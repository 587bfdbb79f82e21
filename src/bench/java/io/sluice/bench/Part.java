package io.sluice.bench;

import java.util.List;

/**
 * Contenders that are compared with each other on one workload.
 *
 * @param linesASecond how fast the lines come while their delay is measured; 0 to measure
 *     throughput, with all lines there at the start
 */
record Part(String name, Workload workload, List<Contender> contenders, int linesASecond) {
  static Part throughput(String name, Workload workload, List<Contender> contenders) {
    return new Part(name, workload, contenders, 0);
  }

  static Part delay(int linesASecond, int seconds, List<Contender> contenders) {
    Workload workload = Workload.of(linesASecond * seconds);
    return new Part("delay", workload, contenders, linesASecond);
  }

  /** Each contender {@code count} times at once, on a file each. */
  static Part agents(String name, Workload workload, List<Contender> contenders, int count) {
    List<Contender> fleets =
        contenders.stream().<Contender>map(each -> new Fleet(each, count)).toList();
    return throughput(name, workload.withFiles(count), fleets);
  }

  /** For reports. */
  String describe() {
    return linesASecond == 0
        ? workload.describe()
        : "%,d lines of 107 bytes at %,d lines/s".formatted(workload.lines(), linesASecond);
  }
}
