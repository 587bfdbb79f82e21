package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.CrashPoint;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The agent dies between each two steps of the delivery protocol, at once and without a word. */
final class CrashPointIT {
  private static final int KILLED = 137;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void deathAtThisPointLosesAndRepeatsNothing(CrashPoint point) {
    try (var pipeline =
        new Pipeline("log-to-kafka.conf", folder, SharedBroker.bootstrapServers())
            .prefixTopics("crash-" + point + "-")
            .createTopics()) {
      pipeline.log().appendReadings(0, 10_000);

      for (int time : new int[] {1, 3}) {
        pipeline.agent().jvm("-Xmx256m", "-Dsluice.crashAt=" + point + ":" + time);
        pipeline.start();
        writeUntilItDies(pipeline);
        assertThat(pipeline.agent().process().exitCode()).isEqualTo(KILLED);
      }
      pipeline.agent().jvm("-Xmx256m");
      pipeline.start().awaitAll();

      int count = pipeline.log().lines().size();
      String exactly = "written=%d arrived=%d lost=0 duplicates=0".formatted(count, count);
      assertThat(pipeline.rawTally()).hasToString(exactly);
      assertThat(pipeline.judgedTally()).hasToString(exactly);
    }
  }

  /** However many lines the sink puts in one batch, new lines make new batches. */
  private static void writeUntilItDies(Pipeline pipeline) {
    await("the agent dies")
        .pollInterval(Duration.ofMillis(200))
        .until(
            () -> {
              int next = pipeline.log().lines().size();
              pipeline.log().appendReadings(next, next + 100);
              return !pipeline.agent().process().isAlive();
            });
  }
}
