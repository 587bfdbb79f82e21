package io.sluice.bench;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What a number of lines a second needs, from what a million lines cost. A cost that is not
 * measured yet is an estimate and says so.
 */
final class Scaling {
  private static final double[] MILLIONS_A_SECOND = {1, 10, 100};

  /** Cores are planned for so much of their time, and links for so much of what they carry. */
  private static final double LOAD = 0.6;

  private static final int LINE_BYTES = 107;

  /** A line of the whole job is in the raw topic, and in the valid or the invalid one. */
  private static final int COPIES = 2;

  private static final int REPLICAS = 3;
  private static final int LINK_MEGABYTES = 1_250; // 10 Gbit/s

  private final Cost whole;
  private final Cost exactlyOnce;
  private final Cost raw;
  private final Cost broker;
  private final Cost streams;

  /** CPU seconds of a million lines. */
  private record Cost(String what, double seconds, boolean measured) {
    static Cost of(String what, OptionalDouble measured, double estimate) {
      return new Cost(what, measured.orElse(estimate), measured.isPresent());
    }

    /** How many lines a second one core carries when it does nothing else. */
    double linesACore() {
      return 1e6 / seconds;
    }
  }

  /** What is computed for a number of millions of lines a second. */
  private interface Need {
    double of(double millions);
  }

  /**
   * @param bars results of the suite {@code bars}
   * @param streams results of the suite {@code streams}
   */
  Scaling(Results bars, Results streams) {
    String backlog = Suites.BACKLOG;
    whole =
        Cost.of("agent, whole job", bars.median(backlog, "sluice", Result::cpuSecondsAMillion), 9);
    exactlyOnce =
        Cost.of(
            "agent, whole job, exactly once",
            bars.median(backlog, "sluice-exactly-once", Result::cpuSecondsAMillion),
            10);
    raw =
        Cost.of(
            "agent, raw only", bars.median(backlog, "sluice-raw", Result::cpuSecondsAMillion), 4);
    broker =
        Cost.of(
            "broker, one copy, whole job",
            bars.median(backlog, "sluice", Result::brokerCpuSecondsAMillion),
            3);
    this.streams =
        Cost.of(
            "Streams, validation",
            streams.median(StreamsBench.PART, "sluice", Result::cpuSecondsAMillion),
            10);
  }

  /** A million lines' cost, and what a core carries. */
  String costs() {
    var text = new StringBuilder("| A million lines of 107 bytes | CPU s | lines/s a core | |\n");
    text.append("|---|---:|---:|---|\n");
    for (Cost cost : new Cost[] {whole, exactlyOnce, raw, broker, streams}) {
      text.append(
          String.format(
              Locale.ROOT,
              "| %s | %.1f | %,.0f | %s |%n",
              cost.what(),
              cost.seconds(),
              cost.linesACore(),
              cost.measured() ? "measured" : "estimate, not measured yet"));
    }
    return text.toString();
  }

  /** What 1, 10 and 100 million lines a second need, with the arithmetic. */
  String needs() {
    double copiedMegabytes = COPIES * LINE_BYTES; // by a million lines
    double inMegabytes = copiedMegabytes * REPLICAS;
    double outMegabytes = copiedMegabytes * REPLICAS; // to the other replicas, and to one reader
    var text = new StringBuilder("| Million lines/s (n) | arithmetic | 1 | 10 | 100 |\n");
    text.append("|---|---|---:|---:|---:|\n");
    row(text, "agent cores, whole job", cores(whole), n -> n * whole.seconds() / LOAD);
    row(text, "agent cores, raw only", cores(raw), n -> n * raw.seconds() / LOAD);
    row(text, "Streams threads and cores", cores(streams), n -> n * streams.seconds() / LOAD);
    row(
        text,
        "partitions of the raw topic, at least",
        "one for each Streams thread",
        n -> n * streams.seconds() / LOAD);
    row(
        text,
        "broker cores",
        "n × %.1f × %d replicas / %.1f".formatted(broker.seconds(), REPLICAS, LOAD),
        n -> n * broker.seconds() * REPLICAS / LOAD);
    row(
        text,
        "from the agents, MB/s",
        "n × %d B × %d topics".formatted(LINE_BYTES, COPIES),
        n -> n * copiedMegabytes);
    row(
        text,
        "into all brokers and to their disks, MB/s",
        "n × %d B × %d topics × %d replicas".formatted(LINE_BYTES, COPIES, REPLICAS),
        n -> n * inMegabytes);
    row(
        text,
        "out of all brokers, MB/s",
        "n × %d B × %d topics × (%d replicas + 1 reader)"
            .formatted(LINE_BYTES, COPIES, REPLICAS - 1),
        n -> n * outMegabytes);
    row(
        text,
        "brokers with 10 Gbit/s, at least",
        "MB/s in / %,d / %.1f, and %d for the replicas".formatted(LINK_MEGABYTES, LOAD, REPLICAS),
        n -> Math.max(REPLICAS, n * inMegabytes / LINK_MEGABYTES / LOAD));
    return text.toString();
  }

  private static String cores(Cost cost) {
    return "n × %.1f CPU s / %.1f".formatted(cost.seconds(), LOAD);
  }

  private static void row(StringBuilder text, String what, String arithmetic, Need need) {
    text.append("| %s | %s".formatted(what, arithmetic));
    for (double millions : MILLIONS_A_SECOND) {
      text.append(String.format(Locale.ROOT, " | %,.0f", Math.ceil(need.of(millions))));
    }
    text.append(" |\n");
  }
}
