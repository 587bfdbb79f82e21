package io.sluice.it;

import static io.sluice.suite.Patience.pass;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
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

  @TempDir static Path brokerFolder;
  private static TcpProxy proxy;
  private static KafkaBroker broker;

  @TempDir Path folder;
  private Pipeline pipeline;
  private final long seed = Long.getLong("sluice.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @BeforeAll
  static void startBroker() {
    int listen = FreePort.find();
    proxy = TcpProxy.to(listen);
    broker =
        new KafkaBroker(brokerFolder.resolve("broker")).behindProxy(listen, proxy.port()).start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
    proxy.close();
  }

  @BeforeEach
  void printSeed(TestInfo test) {
    System.out.println(test.getDisplayName() + " sluice.seed=" + seed);
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  /** An agent with topics and a delivery id of its own, that comes back soon after trouble. */
  private Pipeline pipeline(String prefix, String bootstrapServers) {
    pipeline =
        new Pipeline("log-to-kafka.conf", folder, bootstrapServers)
            .prefixTopics(prefix)
            .readBackFrom(broker.bootstrapServers())
            .createTopics();
    return pipeline;
  }

  @Test
  void killingTheAgentLosesAndRepeatsNothing() {
    pipeline("agent-", broker.bootstrapServers());
    var log = new SteadyLog(pipeline.log().path(), LINES_A_SECOND);
    for (int kill = 0; kill < (SOAK ? 100 : 4); kill++) {
      pipeline.start();
      awaitProgress();
      passTime(1_500);
      pipeline.agent().kill();
    }
    pipeline.start();

    assertThat(countAfter(log)).hasToString("lost=0 duplicates=0");
  }

  @Test
  void killingTheBrokerLosesAndRepeatsNothing() {
    pipeline("broker-", broker.bootstrapServers()).start();
    var log = new SteadyLog(pipeline.log().path(), LINES_A_SECOND);
    for (int kill = 0; kill < (SOAK ? 20 : 2); kill++) {
      awaitProgress();
      passTime(1_500);
      broker.process().kill();
      passTime(3_000);
      broker.start();
    }

    assertThat(countAfter(log)).hasToString("lost=0 duplicates=0");
  }

  @Test
  void aNetworkThatBreaksAndStallsLosesAndRepeatsNothing() {
    pipeline("network-", proxy.address());
    pipeline.config().set("a1.sinks.kafka.kafka.producer.request.timeout.ms", 2_000);
    pipeline.start();
    var log = new SteadyLog(pipeline.log().path(), LINES_A_SECOND);
    for (int trouble = 0; trouble < (SOAK ? 60 : 3); trouble++) {
      awaitProgress();
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

    assertThat(countAfter(log)).hasToString("lost=0 duplicates=0");
  }

  private void awaitProgress() {
    pipeline.topics().awaitMore(pipeline.raw(), 1);
  }

  /** A time up to {@code mostMillis}. */
  private void passTime(int mostMillis) {
    pass(Duration.ofMillis(random.nextInt(mostMillis) + 1L));
  }

  private ReadingCount countAfter(SteadyLog log) {
    int written = log.stop();
    log.close();
    pipeline.topics().awaitCount(pipeline.raw(), written);
    assertThat(pipeline.agent().terminate()).as("stops within 10 s").isTrue();
    ReadingCount count =
        new ReadingCount(written)
            .topic(pipeline.topics(), pipeline.raw(), number -> true)
            .topic(pipeline.topics(), pipeline.valid(), ReadingCount::isValid)
            .topic(pipeline.topics(), pipeline.invalid(), number -> !ReadingCount.isValid(number));
    System.out.printf("written=%d in raw, valid and invalid topic: %s%n", written, count);
    return count;
  }
}
