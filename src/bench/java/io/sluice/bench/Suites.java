package io.sluice.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** What {@code docs/performance.md} and {@code docs/scaling.md} are made of. */
final class Suites {
  /** Their names, in the order of the report. */
  static final List<String> NAMES = List.of("bars", "peers", "workloads", "growth", "agents");

  static final String BACKLOG = "backlog";
  static final String DEFAULTS = "defaults";
  static final String SMALL = "20m";
  static final String DELAY = "delay";
  private static final int USUAL_LINES = 12_000_000;
  private static final int DELAY_LINES_A_SECOND = 1_000;

  private Suites() {}

  /**
   * The parts of a suite.
   *
   * @param lines of its longest part; the others shrink with it
   * @param seconds of each measurement of delay
   */
  static List<Part> named(String name, int lines, int seconds) {
    return switch (name) {
      case "bars" -> bars(lines, seconds);
      case "peers" -> peers(lines / 4);
      case "workloads" -> workloads(lines / 4);
      case "growth" -> growth(lines / 4);
      case "agents" -> agents(lines / 4);
      default -> throw new IllegalArgumentException("no suite " + name + "; there are " + NAMES);
    };
  }

  static int usualLines() {
    return USUAL_LINES;
  }

  private static List<Part> bars(int lines, int seconds) {
    return List.of(
        Part.throughput(
            BACKLOG,
            Workload.of(lines),
            Contenders.all(
                "sluice-raw", "stock", "producer", "sluice", "rsyslog", "sluice-exactly-once")),
        Part.throughput(
            DEFAULTS,
            Workload.of(lines / 4),
            Contenders.all("sluice-raw-defaults", "stock-defaults")),
        Part.throughput(
            SMALL, Workload.of(lines / 12), Contenders.all("sluice-20m", "sluice-small")),
        Part.delay(
            DELAY_LINES_A_SECOND,
            seconds,
            Contenders.all("sluice", "sluice-exactly-once", "stock")));
  }

  private static List<Part> peers(int lines) {
    return List.of(
        Part.throughput(
            "raw only",
            Workload.of(lines),
            Contenders.all(
                "sluice-raw",
                "sluice-raw-exactly-once",
                "stock",
                "connect",
                "rsyslog-raw",
                "producer",
                "kcat")),
        Part.throughput(
            "whole job",
            Workload.of(lines),
            Contenders.all("sluice", "sluice-exactly-once", "rsyslog")));
  }

  private static List<Part> workloads(int lines) {
    Workload usual = Workload.of(lines);
    List<Contender> contenders = Contenders.all("sluice-raw", "stock", "sluice");
    return List.of(
        Part.throughput("100-byte lines", usual.withLineBytes(100), contenders),
        Part.throughput("1-KB lines", usual.withLineBytes(1024).withLines(lines / 4), contenders),
        Part.throughput("100 files", usual.withFiles(100), contenders),
        Part.throughput("8 partitions", usual.withPartitions(8), contenders),
        Part.throughput("lz4", usual.withCompression("lz4"), contenders),
        Part.throughput("zstd", usual.withCompression("zstd"), contenders));
  }

  /** Sluice alone; a part's name is what grows and how much there is of it. */
  private static List<Part> growth(int lines) {
    Workload usual = Workload.of(lines);
    List<Contender> sluice = Contenders.all("sluice");
    List<Part> parts = new ArrayList<>();
    IntStream.of(lines / 4, lines, lines * 4)
        .forEach(n -> parts.add(grown("lines in the file", n, usual.withLines(n), sluice)));
    IntStream.of(1, 10, 100, 1_000)
        .forEach(n -> parts.add(grown("files", n, usual.withFiles(n), sluice)));
    IntStream.of(1, 5, 20)
        .forEach(n -> parts.add(grown("rules", n, usual, List.of(Contenders.withRules(n)))));
    IntStream.of(100, 400, 1_600)
        .forEach(
            n ->
                parts.add(
                    grown(
                        "bytes a line",
                        n,
                        usual.withLineBytes(n).withLines(most(n, lines)),
                        sluice)));
    IntStream.of(10_000, 100_000, 400_000)
        .forEach(
            n ->
                parts.add(
                    grown("channel capacity", n, usual, List.of(Contenders.withCapacity(n)))));
    return parts;
  }

  private static int most(int lineBytes, int lines) {
    return (int) Math.min(lines, 400L * lines / lineBytes);
  }

  private static Part grown(String what, int size, Workload workload, List<Contender> contenders) {
    return Part.throughput(what + "=" + size, workload, contenders);
  }

  /** The more agents, the more lines: each has to start its JVM. */
  private static List<Part> agents(int lines) {
    List<Contender> sluice = Contenders.all("sluice");
    return IntStream.of(1, 2, 4)
        .mapToObj(
            n -> Part.agents("agents=" + n, Workload.of(n * lines).withPartitions(4), sluice, n))
        .toList();
  }
}
