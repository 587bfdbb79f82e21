package io.sluice.bench;

import io.sluice.it.KafkaBroker;
import io.sluice.it.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** See {@code bin/bench --help}. */
public final class Bench {
  private static final Path FOLDER = Path.of("target/bench").toAbsolutePath();

  private Bench() {}

  /**
   * Lines, rounds, limit of a run in seconds, contenders; the first is what the others are compared
   * with.
   */
  public static void main(String[] arguments) throws IOException {
    int lines = Integer.parseInt(arguments[0]);
    int rounds = Integer.parseInt(arguments[1]);
    var limit = Duration.ofSeconds(Long.parseLong(arguments[2]));
    List<Contender> contenders = new ArrayList<>();
    for (int i = 3; i < arguments.length; i++) {
      contenders.add(Contenders.named(arguments[i]));
    }
    NumberedLog log = NumberedLog.create(FOLDER, lines);
    Path runs = Files.createTempDirectory(FOLDER, "match-");
    try (var broker = new KafkaBroker(runs.resolve("broker")).jvm("-Xmx1g").start();
        var topics = new Topics(broker.bootstrapServers())) {
      var match = new Match(runs, log, broker.bootstrapServers(), topics, limit);
      say("warming the broker up with " + contenders.get(0).key());
      match.run(contenders.get(0));
      Map<Contender, List<Round>> results = new LinkedHashMap<>();
      for (int round = 1; round <= rounds; round++) {
        for (Contender contender : contenders) {
          Round result = match.run(contender);
          results.computeIfAbsent(contender, key -> new ArrayList<>()).add(result);
          say(
              "round %d  %-20s %6.2f s  %,.0f lines/s  lost %d  duplicates %d"
                  .formatted(
                      round,
                      contender.key(),
                      result.wallSeconds(),
                      result.linesASecond(lines),
                      result.lost(),
                      result.duplicates()));
        }
      }
      System.out.print(new Table(lines, results));
    }
    System.exit(0);
  }

  private static void say(String text) {
    System.err.println(text);
  }
}
