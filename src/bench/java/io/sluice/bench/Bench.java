package io.sluice.bench;

import io.sluice.it.KafkaBroker;
import io.sluice.it.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Runs the parts of a suite round by round on one broker; see {@code bin/bench --help}. */
final class Bench {
  private final Path folder;
  private final Options options;
  private final List<Part> parts;
  private final Results results;
  private int delays;

  private Bench(Path folder, Options options, List<Part> parts) {
    this.folder = folder;
    this.options = options;
    this.parts = parts;
    List<String> facts = Machine.circumstances(options.command(), options.rounds());
    parts.forEach(part -> facts.add("part " + part.name() + ": " + part.describe()));
    this.results = new Results(facts, new ArrayList<>());
  }

  /** Options as {@code name=value}, then contenders. */
  public static void main(String[] arguments) throws IOException {
    Options options = Options.parse(arguments);
    List<Part> parts;
    try {
      parts = options.parts();
    } catch (IllegalArgumentException e) {
      say("bench: " + e.getMessage());
      System.exit(2);
      return;
    }
    Path folder = Files.createDirectories(Path.of("target/bench")).toAbsolutePath();
    new Bench(folder, options, parts.stream().map(Bench::possible).toList()).run();
    System.exit(0);
  }

  private static Part possible(Part part) {
    List<Contender> able = new ArrayList<>();
    for (Contender contender : part.contenders()) {
      Optional<String> obstacle = contender.obstacle(part.workload());
      obstacle.ifPresent(why -> say("skipping " + contender.key() + ": " + why));
      if (obstacle.isEmpty()) {
        able.add(contender);
      }
    }
    return new Part(part.name(), part.workload(), able, part.linesASecond());
  }

  private void run() throws IOException {
    Path runs = Files.createTempDirectory(folder, "match-");
    Path file = folder.resolve(options.name() + ".csv");
    try (var storage = BrokerFolder.create(runs);
        var broker =
            new KafkaBroker(storage.path())
                .jvm("-Xmx1g")
                .with("log.segment.delete.delay.ms", "1000")
                .start();
        var topics = new Topics(broker.bootstrapServers())) {
      var match = new Match(runs, broker, topics, options.limit());
      warmUp(match);
      for (int round = 1; round <= options.rounds(); round++) {
        for (Part part : parts) {
          for (Contender contender : part.contenders()) {
            Map<Figure, Double> figures =
                part.linesASecond() == 0
                    ? match.run(contender, log(part), part.workload())
                    : delay(runs, broker, topics, part, contender);
            add(Result.of(part.name(), round, contender.key(), figures));
            results.write(file); // Hours of work are not lost with the last run.
          }
        }
      }
    }
    System.out.println(new Tables(results).all());
    say("results: " + Path.of("").toAbsolutePath().relativize(file));
  }

  private void warmUp(Match match) throws IOException {
    Part part = parts.get(0);
    if (part.linesASecond() == 0 && !part.contenders().isEmpty()) {
      say("warming the broker up with " + part.contenders().get(0).key());
      match.run(part.contenders().get(0), log(part), part.workload());
    }
  }

  private NumberedLog log(Part part) throws IOException {
    return NumberedLog.create(folder, part.workload());
  }

  private Map<Figure, Double> delay(
      Path runs, KafkaBroker broker, Topics topics, Part part, Contender contender)
      throws IOException {
    String prefix = "delay-" + ++delays + "-";
    contender.topics(prefix).forEach(topic -> topics.create(topic.name()));
    Path run = Files.createDirectory(runs.resolve(prefix + contender.key()));
    var span = Duration.ofSeconds(part.workload().lines() / part.linesASecond());
    var trickle = new Trickle(broker.bootstrapServers(), part.linesASecond(), span);
    return trickle.run(contender, run, prefix).figures();
  }

  private void add(Result result) {
    results.runs().add(result);
    say(
        String.format(
            Locale.ROOT,
            "round %d  %-20s %-24s %s",
            result.round(),
            result.part(),
            result.contender(),
            result.summary()));
  }

  private static void say(String text) {
    System.err.println(text);
  }
}
