package io.sluice.bench;

import io.sluice.it.JavaProcess;
import io.sluice.it.TopicReader;
import io.sluice.it.Topics;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Measures contenders on one broker. The clock runs from the start of the process, JVM included, to
 * the moment when the last line is readable in every topic; then each line is counted.
 */
final class Match {
  private static final Duration LOOK = Duration.ofMillis(20);

  private final Path folder;
  private final NumberedLog log;
  private final String bootstrapServers;
  private final Topics topics;
  private final Duration limit;
  private int runs;

  Match(Path folder, NumberedLog log, String bootstrapServers, Topics topics, Duration limit) {
    this.folder = folder;
    this.log = log;
    this.bootstrapServers = bootstrapServers;
    this.topics = topics;
    this.limit = limit;
  }

  Round run(Contender contender) throws IOException {
    String prefix = "run-" + ++runs + "-";
    Path runFolder = Files.createDirectory(folder.resolve(prefix + contender.key()));
    List<Topic> filled = contender.topics(prefix);
    filled.forEach(topic -> topics.create(topic.name()));
    List<LastLine> lastLines = new ArrayList<>();
    filled.forEach(topic -> lastLines.add(new LastLine(bootstrapServers, topic, log.count())));
    long start = System.nanoTime();
    JavaProcess process = contender.start(runFolder, log.path(), bootstrapServers, prefix);
    try {
      boolean complete = await(lastLines, process, start);
      double wall = (System.nanoTime() - start) / 1e9;
      ProcessFigures figures =
          process.isAlive() ? ProcessFigures.of(process.pid()) : new ProcessFigures(0, 0);
      process.terminate(Duration.ofSeconds(20));
      Round round = count(filled, complete ? wall : Double.POSITIVE_INFINITY, figures);
      topics.delete(filled.stream().map(Topic::name).toList());
      return round;
    } finally {
      process.kill();
      lastLines.forEach(LastLine::close);
    }
  }

  private boolean await(List<LastLine> lastLines, JavaProcess process, long start) {
    while (!lastLines.stream().allMatch(LastLine::hasArrived)) {
      if (!process.isAlive() || System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(LOOK.toNanos());
    }
    return true;
  }

  private Round count(List<Topic> filled, double wall, ProcessFigures figures) {
    long lost = 0;
    long duplicates = 0;
    for (Topic topic : filled) {
      byte[] seen = new byte[log.count()];
      try (TopicReader reader = topics.reader(topic.name())) {
        reader.readToEnd(
            next -> {
              int number = NumberedLog.numberOf(next.value());
              seen[number] = (byte) Math.min(Byte.MAX_VALUE, seen[number] + 1);
            });
      }
      for (int number = 0; number < seen.length; number++) {
        int expected = topic.expects().test(number) ? 1 : 0;
        lost += Math.max(0, expected - seen[number]);
        duplicates += Math.max(0, seen[number] - expected);
      }
    }
    return new Round(wall, figures, lost, duplicates);
  }
}
