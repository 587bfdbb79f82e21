package io.sluice.bench;

import io.sluice.it.JavaProcess;
import io.sluice.it.KafkaBroker;
import io.sluice.it.TopicReader;
import io.sluice.it.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Measures contenders on one broker. The clock runs from the start of the process, JVM included, to
 * the moment when the last line is readable in every topic; then each line is counted.
 */
final class Match {
  private static final Duration LOOK = Duration.ofMillis(20);

  /** When all lines seem to be there, and none has come for so long, these were all. */
  private static final Duration QUIET = Duration.ofSeconds(1);

  private final Path folder;
  private final KafkaBroker broker;
  private final Topics topics;
  private final Duration limit;
  private int runs;

  Match(Path folder, KafkaBroker broker, Topics topics, Duration limit) {
    this.folder = folder;
    this.broker = broker;
    this.topics = topics;
    this.limit = limit;
  }

  /** What one run has shown. */
  Map<Figure, Double> run(Contender contender, NumberedLog log, Workload workload)
      throws IOException {
    String prefix = "run-" + ++runs + "-";
    Path runFolder = Files.createDirectory(folder.resolve(prefix + contender.key()));
    List<Topic> filled = contender.topics(prefix);
    filled.forEach(topic -> topics.create(topic.name(), workload.partitions(), Map.of()));
    var run = new Run(runFolder, log.paths(), broker.bootstrapServers(), prefix, workload);
    try (var watch = new Watch(broker.bootstrapServers(), filled, workload)) {
      Map<Figure, Double> figures = measure(contender, run, watch);
      count(filled, workload.lines(), figures);
      topics.delete(filled.stream().map(Topic::name).toList());
      return figures;
    }
  }

  private Map<Figure, Double> measure(Contender contender, Run run, Watch watch)
      throws IOException {
    List<Supplier<JavaProcess>> prepared = contender.prepare(run);
    watch.look(); // The first look connects.
    double brokerCpu = brokerCpuSeconds();
    long start = System.nanoTime();
    var crew = new Crew(prepared);
    try {
      Map<Figure, Double> figures = follow(watch, crew, start);
      figures.merge(Figure.BROKER_CPU_S, -brokerCpu, Double::sum);
      figures.put(Figure.LINES, (double) run.workload().lines());
      crew.terminate();
      return figures;
    } finally {
      crew.kill();
    }
  }

  /** The figures at the moment when the last line came; a wall time without end if it never did. */
  private Map<Figure, Double> follow(Watch watch, Crew crew, long start) throws IOException {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    long grown = start;
    note(figures, crew, grown - start);
    while (!watch.has(1) || System.nanoTime() - grown < QUIET.toNanos()) {
      LockSupport.parkNanos(LOOK.toNanos());
      crew.look();
      if (watch.look()) {
        grown = System.nanoTime();
        note(figures, crew, grown - start);
        if (watch.has(0.5)) {
          figures.putIfAbsent(Figure.HALF_S, figures.get(Figure.WALL_S));
        }
      }
      if (System.nanoTime() - start > limit.toNanos() || (crew.hasFailed() && !watch.has(1))) {
        figures.put(Figure.WALL_S, Double.POSITIVE_INFINITY);
        break;
      }
    }
    return figures;
  }

  private void note(Map<Figure, Double> figures, Crew crew, long nanos) throws IOException {
    figures.put(Figure.WALL_S, nanos / 1e9);
    figures.put(Figure.CPU_S, crew.cpuSeconds());
    figures.put(Figure.PEAK_MB, crew.peakMegabytes());
    figures.put(Figure.BROKER_CPU_S, brokerCpuSeconds());
  }

  private double brokerCpuSeconds() throws IOException {
    return ProcessFigures.of(broker.process().pid()).cpuSeconds();
  }

  private void count(List<Topic> filled, int lines, Map<Figure, Double> figures) {
    long lost = 0;
    long twice = 0;
    for (Topic topic : filled) {
      byte[] seen = new byte[lines];
      try (TopicReader reader = topics.reader(topic.name())) {
        reader.readToEnd(
            next -> {
              int number = NumberedLog.numberOf(next.value());
              seen[number] = (byte) Math.min(Byte.MAX_VALUE, seen[number] + 1);
            });
      }
      for (int number = 0; number < lines; number++) {
        int expected = topic.expects().test(number) ? 1 : 0;
        lost += Math.max(0, expected - seen[number]);
        twice += Math.max(0, seen[number] - expected);
      }
    }
    figures.put(Figure.LOST, (double) lost);
    figures.put(Figure.TWICE, (double) twice);
  }
}
