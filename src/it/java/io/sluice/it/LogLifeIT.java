package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static io.sluice.suite.Patience.pass;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Rounds of random log life under a real agent that is stopped and killed in between; afterwards
 * every line is counted. {@code -Psoak} lives 60 rounds; {@code -Dsluice.seed=N} repeats the
 * actions of a run.
 */
final class LogLifeIT {
  private static final boolean SOAK = Boolean.getBoolean("sluice.soak");
  private static final int ROUNDS = SOAK ? 60 : 8;

  @TempDir Path folder;
  private final long seed = Long.getLong("sluice.seed", System.nanoTime());
  private final Random random = new Random(seed);
  private int terminated;
  private int killed;

  @Test
  void everyLineArrivesOnceWhateverHappensToLogsAndAgent() {
    System.out.println("LogLifeIT sluice.seed=" + seed);
    Path logs = folder.resolve("logs");
    try (var pipeline =
        new Pipeline("log-to-kafka.conf", folder, SharedBroker.bootstrapServers())
            .prefixTopics("life-")
            .createTopics()) {
      // Files that are renamed while the agent is down are found under their new names only so.
      pipeline.config().replace("a1.sources.tail.paths", logs + "/*.log*");
      var life = new LogLife(logs, random);
      pipeline.start();
      for (int round = 0; round < ROUNDS; round++) {
        live(life, 30);
        endAgent(pipeline, life);
        if (round % 2 == 1) {
          // A copy whose truncated original is deleted unseen is a new file: docs/rotation.md.
          life.appendToAll();
          awaitAll(life, pipeline);
          life.deleteDrained();
        }
      }
      life.finishLines();
      awaitAll(life, pipeline);
      assertThat(pipeline.agent().terminate()).as("stops within 10 s").isTrue();

      var raw = new Tally().written(life.lines()).arrived(lines(pipeline, pipeline.raw()));
      System.out.printf(
          "LogLifeIT rounds=%d %s terminated=%d killed=%d raw: %s%n",
          ROUNDS, life, terminated, killed, raw);
      assertThat(raw.lost()).as("lost").isZero();
      assertThat(raw.repeated()).as("repeated lines").isEmpty();
      var judged =
          new Tally()
              .written(life.lines())
              .arrived(lines(pipeline, pipeline.valid()))
              .arrived(lines(pipeline, pipeline.invalid()));
      assertThat(judged.lost()).as("lost after the verdict").isZero();
      assertThat(judged.repeated()).as("repeated after the verdict").isEmpty();
    }
  }

  private static void awaitAll(LogLife life, Pipeline pipeline) {
    int written = life.lines().size();
    pipeline.topics().awaitCount(pipeline.raw(), written);
    await("every line in the raw topic")
        .until(() -> lines(pipeline, pipeline.raw()).size() >= written);
  }

  /**
   * A log that is deleted and made anew with the same inode while the agent is down may have been
   * truncated, as far as the source can know, and it says so; that is no line.
   */
  private static List<byte[]> lines(Pipeline pipeline, String topic) {
    return pipeline.topics().values(topic).stream()
        .filter(value -> !new String(value, StandardCharsets.UTF_8).contains("may be lost: "))
        .toList();
  }

  /** Some actions with a little time between them. */
  private void live(LogLife life, int actions) {
    for (int action = 0; action < actions; action++) {
      life.act();
      pass(Duration.ofMillis(random.nextInt(60) + 1L));
    }
  }

  /** Most rounds end with a stop, a clean one or a hard one, and log life without an agent. */
  private void endAgent(Pipeline pipeline, LogLife life) {
    switch (random.nextInt(5)) {
      case 0, 1 -> {
        assertThat(pipeline.agent().terminate()).as("stops within 10 s").isTrue();
        terminated++;
      }
      case 2, 3 -> {
        pipeline.agent().kill();
        killed++;
      }
      default -> {
        return;
      }
    }
    for (int action = random.nextInt(10); action > 0; action--) {
      life.act();
    }
    pipeline.start();
  }
}
