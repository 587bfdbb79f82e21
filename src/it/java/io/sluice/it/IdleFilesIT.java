package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static io.sluice.suite.Patience.pass;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.suite.Soak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What ten thousand files cost in which nothing happens, and how soon a line in one arrives. */
@Soak
final class IdleFilesIT {
  private static final int FILES = 10_000;
  private static final int DIRECTORIES = 10;
  private static final int NEW_LINES = 10;
  private static final Duration IDLE = Duration.ofSeconds(30);

  @TempDir Path folder;

  @Test
  void idleFilesHoldNoDescriptorsAndANewLineArrivesSoon() {
    var logs = new ArrayList<LogFile>();
    for (int i = 0; i < FILES; i++) {
      Path path = folder.resolve("logs/" + i % DIRECTORIES + "/app" + i + ".log");
      logs.add(new LogFile(path).append("file " + i + " value=15"));
    }
    try (var pipeline =
        new Pipeline("at-least-once.conf", folder, SharedBroker.bootstrapServers())
            .prefixTopics("idle-")
            .createTopics()) {
      pipeline.config().replace("a1.sources.tail.paths", folder + "/logs/**/*.log");
      pipeline.config().set("a1.sources.tail.idleTimeout", 2_000);
      pipeline.start();
      pipeline.topics().awaitCount(pipeline.raw(), FILES);
      var footprint = new Footprint(pipeline.agent().process());
      await("idle files are closed").until(() -> footprint.descriptors() < 500);

      double first = idleCpu(footprint);
      double second = idleCpu(footprint);
      System.out.printf(
          "IdleFilesIT files=%d cpu=%.2f%% then %.2f%% of a core over %d s each, descriptors=%d,"
              + " peak RSS %d MiB%n",
          FILES,
          first,
          second,
          IDLE.toSeconds(),
          footprint.descriptors(),
          footprint.peakMebibytes());
      System.out.println("IdleFilesIT delays of new lines, ms: " + delays(pipeline, logs));
      assertThat(footprint.descriptors()).isLessThan(500);
    }
  }

  /** Percent of a core; what the JVM compiles after its start is in the first figure. */
  private static double idleCpu(Footprint footprint) {
    Duration before = footprint.cpu();
    long start = System.nanoTime();
    pass(IDLE);
    return 100.0 * footprint.cpu().minus(before).toNanos() / (System.nanoTime() - start);
  }

  private static List<Long> delays(Pipeline pipeline, List<LogFile> logs) {
    var delays = new ArrayList<Long>();
    try (TopicReader raw = pipeline.topics().reader(pipeline.raw())) {
      long known = raw.readToEnd(next -> {});
      for (int i = 0; i < NEW_LINES; i++) {
        long count = known + i + 1;
        logs.get(FILES / NEW_LINES * i + i).append("new line value=15");
        long start = System.nanoTime();
        await("the new line arrives")
            .pollDelay(Duration.ZERO)
            .pollInterval(Duration.ofMillis(5))
            .until(() -> raw.readToEnd(next -> {}) >= count);
        delays.add(Duration.ofNanos(System.nanoTime() - start).toMillis());
      }
    }
    return delays;
  }
}
