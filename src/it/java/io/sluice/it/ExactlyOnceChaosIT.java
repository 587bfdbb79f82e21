package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/**
 * Agent, broker and network fail at random times under load; afterwards every line is counted in
 * all three topics. {@code -Psoak} makes it long; {@code -Dsluice.seed=N} repeats a run's times.
 */
final class ExactlyOnceChaosIT {
  private static final boolean SOAK = Boolean.getBoolean("sluice.soak");
  private static final int LINES_A_SECOND = 20_000;
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;
  private final long seed = Long.getLong("sluice.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @BeforeEach
  void printSeed(TestInfo test) {
    System.out.println(test.getDisplayName() + " sluice.seed=" + seed);
  }

  @Test
  void killingTheAgentLosesAndRepeatsNothing() {
    try (var broker = new KafkaBroker(folder.resolve("broker")).start();
        var pipeline = new Pipeline("exactly-once.conf", folder, broker.bootstrapServers())) {
      pipeline.createTopics();
      var log = new SteadyLog(pipeline.log().path(), LINES_A_SECOND);
      for (int kill = 0; kill < (SOAK ? 100 : 5); kill++) {
        pipeline.start();
        awaitProgress(pipeline);
        passTime(1_500);
        pipeline.agent().kill();
      }
      pipeline.start();

      assertThat(countAfter(log, pipeline)).hasToString("lost=0 duplicates=0");
    }
  }

  @Test
  void killingTheBrokerLosesAndRepeatsNothing() {
    try (var broker = new KafkaBroker(folder.resolve("broker")).start();
        var pipeline = new Pipeline("exactly-once.conf", folder, broker.bootstrapServers())) {
      pipeline.createTopics().start();
      var log = new SteadyLog(pipeline.log().path(), LINES_A_SECOND);
      for (int kill = 0; kill < (SOAK ? 20 : 2); kill++) {
        awaitProgress(pipeline);
        passTime(1_500);
        broker.process().kill();
        passTime(3_000);
        broker.start();
      }

      assertThat(countAfter(log, pipeline)).hasToString("lost=0 duplicates=0");
    }
  }

  @Test
  void aNetworkThatBreaksAndStallsLosesAndRepeatsNothing() {
    int listen = FreePort.find();
    try (var proxy = TcpProxy.to(listen);
        var broker =
            new KafkaBroker(folder.resolve("broker")).behindProxy(listen, proxy.port()).start();
        var pipeline = new Pipeline("exactly-once.conf", folder, proxy.address())) {
      pipeline.config().set("a1.sinks.kafka.kafka.producer.request.timeout.ms", 2_000);
      pipeline.readBackFrom(broker.bootstrapServers()).createTopics().start();
      var log = new SteadyLog(pipeline.log().path(), LINES_A_SECOND);
      for (int trouble = 0; trouble < (SOAK ? 60 : 6); trouble++) {
        awaitProgress(pipeline);
        passTime(1_000);
        switch (trouble % 3) {
          case 0 -> proxy.cut();
          case 1 -> {
            proxy.stall();
            passTime(5_000); // Sometimes shorter and sometimes longer than a request may take.
            proxy.flow();
          }
          default -> {
            proxy.refuse();
            passTime(3_000);
            proxy.mend();
          }
        }
      }

      assertThat(countAfter(log, pipeline)).hasToString("lost=0 duplicates=0");
    }
  }

  private static void awaitProgress(Pipeline pipeline) {
    pipeline.topics().awaitMore(pipeline.raw(), 1, LIMIT);
  }

  /** A time up to {@code mostMillis}. */
  private void passTime(int mostMillis) {
    await("some time")
        .pollDelay(Duration.ofMillis(random.nextInt(mostMillis) + 1L))
        .atMost(LIMIT)
        .until(() -> true);
  }

  private static ReadingCount countAfter(SteadyLog log, Pipeline pipeline) {
    int written = log.stop();
    log.close();
    pipeline.topics().awaitCount(pipeline.raw(), written, LIMIT);
    assertThat(pipeline.agent().terminate()).as("stops within 10 s").isTrue();
    return new ReadingCount(written)
        .topic(pipeline.topics(), pipeline.raw(), number -> true)
        .topic(pipeline.topics(), pipeline.valid(), ReadingCount::isValid)
        .topic(pipeline.topics(), pipeline.invalid(), number -> !ReadingCount.isValid(number));
  }
}
