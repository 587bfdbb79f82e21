package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

      for (int batch : new int[] {1, 3}) {
        pipeline.agent().jvm("-Xmx256m", "-Dsluice.crashAt=" + point + ":" + batch);
        pipeline.start();
        await("the agent dies at " + point)
            .atMost(Duration.ofMinutes(1))
            .until(() -> !pipeline.agent().process().isAlive());
        assertThat(pipeline.agent().process().exitCode()).isEqualTo(KILLED);
      }
      pipeline.agent().jvm("-Xmx256m");
      pipeline.start().awaitAll();

      assertThat(pipeline.rawTally())
          .hasToString("written=10000 arrived=10000 lost=0 duplicates=0");
      assertThat(pipeline.judgedTally())
          .hasToString("written=10000 arrived=10000 lost=0 duplicates=0");
    }
  }
}
