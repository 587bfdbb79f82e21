package io.sluice.bench;

import io.sluice.bench.Trickle.Delays;
import io.sluice.it.KafkaBroker;
import io.sluice.it.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** See {@code bin/bench --help}. */
public final class DelayBench {
  private DelayBench() {}

  /** Lines a second, seconds, contenders. */
  public static void main(String[] arguments) throws IOException {
    int linesASecond = Integer.parseInt(arguments[0]);
    var span = Duration.ofSeconds(Long.parseLong(arguments[1]));
    Path folder = Files.createDirectories(Path.of("target/bench")).toAbsolutePath();
    Path runs = Files.createTempDirectory(folder, "delay-");
    try (var broker = new KafkaBroker(runs.resolve("broker")).jvm("-Xmx1g").start();
        var topics = new Topics(broker.bootstrapServers())) {
      System.out.printf(
          "%n%d lines/s for %d s, append to consumer%n%n", linesASecond, span.toSeconds());
      System.out.println("| What | p50 ms | p99 ms | worst ms | lines | not arrived |");
      System.out.println("|---|---:|---:|---:|---:|---:|");
      for (int i = 2; i < arguments.length; i++) {
        Contender contender = Contenders.named(arguments[i]);
        String prefix = "delay-" + i + "-";
        contender.topics(prefix).forEach(topic -> topics.create(topic.name()));
        Path run = Files.createDirectory(runs.resolve(contender.key()));
        var trickle = new Trickle(broker.bootstrapServers(), linesASecond, span);
        System.out.println(row(contender, trickle.run(contender, run, prefix)));
      }
    }
    System.exit(0);
  }

  private static String row(Contender contender, Delays delays) {
    return String.format(
        Locale.ROOT,
        "| %s | %.1f | %.1f | %.1f | %d | %d |",
        contender.title(),
        delays.percentile(50),
        delays.percentile(99),
        delays.percentile(100),
        delays.written(),
        delays.written() - delays.millis().length);
  }
}
