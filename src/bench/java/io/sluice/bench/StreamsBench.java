package io.sluice.bench;

import io.sluice.it.JavaProcess;
import io.sluice.it.KafkaBroker;
import io.sluice.it.TopicReader;
import io.sluice.it.Topics;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.ToDoubleFunction;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Our Streams application against a naive one, in turns on one broker, both exactly once and with
 * the same batches. The clock runs from the first committed record to the last, so that neither the
 * start of the JVM nor the joining of the group is in it.
 */
final class StreamsBench {
  private static final Path FOLDER = Path.of("target/bench").toAbsolutePath();
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final String RAW = "raw";

  /** The only part of its results. */
  static final String PART = "streams";

  private final Path folder;
  private final String servers;
  private final Topics topics;
  private final int lines;
  private final String range;

  /** What one run has cost. */
  private record Cost(double linesASecond, double cpuSecondsAMillion) {
    Map<Figure, Double> figures(int lines) {
      return Map.of(
          Figure.LINES,
          (double) lines,
          Figure.WALL_S,
          lines / linesASecond,
          Figure.CPU_S,
          cpuSecondsAMillion * lines / 1e6);
    }
  }

  private StreamsBench(Path folder, String servers, Topics topics, int lines, String range) {
    this.folder = folder;
    this.servers = servers;
    this.topics = topics;
    this.lines = lines;
    this.range = range;
  }

  /**
   * Lines, rounds, upper bound of the valid numbers, which go from 0 to 29: 20, or 99 for lines
   * that are all valid, since an invalid one gets a reason of some hundred bytes from us and none
   * from the naive application.
   */
  public static void main(String[] arguments) throws IOException {
    int lines = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    Path folder = Files.createTempDirectory(Files.createDirectories(FOLDER), "streams-");
    try (var broker = new KafkaBroker(folder.resolve("broker")).jvm("-Xmx1g").start();
        var topics = new Topics(broker.bootstrapServers())) {
      var bench = new StreamsBench(folder, broker.bootstrapServers(), topics, lines, arguments[2]);
      bench.fill();
      List<Cost> ours = new ArrayList<>();
      List<Cost> naive = new ArrayList<>();
      for (int round = 0; round < rounds; round++) {
        ours.add(bench.run("sluice-" + round, true));
        naive.add(bench.run("naive-" + round, false));
        System.out.printf(
            "round %d: sluice %s, naive %s%n", round + 1, ours.get(round), naive.get(round));
      }
      System.out.printf(
          "medians of %d rounds, %,d lines: lines/s %.2f of naive, CPU a line %.2f of naive%n",
          rounds,
          lines,
          median(ours, Cost::linesASecond) / median(naive, Cost::linesASecond),
          median(ours, Cost::cpuSecondsAMillion) / median(naive, Cost::cpuSecondsAMillion));
      bench.results(ours, naive).write(FOLDER.resolve("streams.csv"));
    }
    System.exit(0);
  }

  private Results results(List<Cost> ours, List<Cost> naive) {
    var results =
        new Results(
            Machine.circumstances("bin/bench --suite streams --lines " + lines, ours.size()),
            new ArrayList<>());
    for (int round = 0; round < ours.size(); round++) {
      results.runs().add(new Result(PART, round + 1, "sluice", ours.get(round).figures(lines)));
      results.runs().add(new Result(PART, round + 1, "naive", naive.get(round).figures(lines)));
    }
    return results;
  }

  private void fill() {
    topics.create(RAW);
    Map<String, Object> properties =
        Map.of("bootstrap.servers", servers, "linger.ms", 5, "batch.size", 512 << 10);
    var serializer = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(properties, serializer, serializer)) {
      for (int number = 0; number < lines; number++) {
        byte[] line = NumberedLog.line(number).getBytes(StandardCharsets.US_ASCII);
        var unused = producer.send(new ProducerRecord<>(RAW, line));
      }
    }
  }

  private Cost run(String name, boolean ours) throws IOException {
    String valid = name + "-valid";
    String invalid = name + "-invalid";
    topics.create(valid, invalid);
    JavaProcess process = start(name, valid, invalid, ours);
    try (TopicReader validReader = topics.reader(valid);
        TopicReader invalidReader = topics.reader(invalid)) {
      long begin = System.nanoTime();
      long first = 0;
      long atFirst = 0;
      long done = 0;
      while (done < lines) {
        if (!process.isAlive() || System.nanoTime() - begin > LIMIT.toNanos()) {
          throw new IllegalStateException(name + " did not finish: " + process.output());
        }
        done = validReader.readToEnd(next -> {}) + invalidReader.readToEnd(next -> {});
        if (done > 0 && first == 0) {
          first = System.nanoTime();
          atFirst = done;
        }
        LockSupport.parkNanos(20_000_000);
      }
      double seconds = (System.nanoTime() - first) / 1e9;
      double cpu = ProcessFigures.of(process.pid()).cpuSeconds();
      return new Cost((lines - atFirst) / seconds, cpu * 1e6 / lines);
    } finally {
      process.terminate(Duration.ofSeconds(20));
      topics.delete(List.of(valid, invalid));
    }
  }

  private JavaProcess start(String name, String valid, String invalid, boolean ours)
      throws IOException {
    List<String> arguments =
        new ArrayList<>(
            List.of("-Xms512m", "-Xmx512m", "-cp", System.getProperty("java.class.path")));
    Path config = folder.resolve(name + ".properties");
    if (ours) {
      Files.write(
          config,
          List.of(
              "kafka.bootstrap.servers = " + servers,
              "applicationId = " + name,
              "topics.raw = " + RAW,
              "topics.valid = " + valid,
              "topics.invalid = " + invalid,
              "field = key:value",
              "min = " + (lowest(range)),
              "max = " + range));
      arguments.addAll(List.of("io.sluice.cli.Sluice", "streams", "--config", config.toString()));
    } else {
      Files.write(
          config,
          List.of(
              "bootstrap.servers = " + servers,
              "application.id = " + name,
              "processing.guarantee = exactly_once_v2",
              "producer.batch.size = 131072",
              "producer.linger.ms = 20",
              "consumer.auto.offset.reset = earliest"));
      arguments.addAll(
          List.of(NaiveStreams.class.getName(), config.toString(), RAW, valid, invalid, range));
    }
    return JavaProcess.start(
        Path.of("").toAbsolutePath(), folder.resolve(name + ".log"), arguments);
  }

  static String lowest(String highest) {
    return highest.equals("20") ? "10" : "0";
  }

  private static double median(List<Cost> costs, ToDoubleFunction<Cost> figure) {
    double[] sorted = costs.stream().mapToDouble(figure).sorted().toArray();
    return sorted[sorted.length / 2];
  }
}
