package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.suite.Patience;
import io.sluice.suite.Soak;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The same kills, at the same times, for Sluice exactly once and for TAILDIR, memory channel and
 * KafkaSink: what each of them loses and repeats in the raw topic. {@code -Dsluice.kills=N} of the
 * agent, and as many of the broker.
 */
@Soak
final class StockFlumeChaosIT {
  private static final int KILLS = Integer.getInteger("sluice.kills", 20);
  private static final int LINES_A_SECOND = 10_000;
  private static final Duration CATCHING_UP = Duration.ofMinutes(10);

  @TempDir Path folder;
  private final long seed = Long.getLong("sluice.seed", System.nanoTime());

  /** An agent that ships one log to one topic of a broker of its own. */
  private record Contender(FlumeAgent agent, AgentConfig config, Path log, String raw) {}

  /** What is killed, how often, under load. */
  private interface Kills {
    void pass(Contender contender, KafkaBroker broker, Topics topics, Random random);
  }

  @Test
  void killingTheAgent() {
    compare(
        "kill -9 of the agent",
        (contender, broker, topics, random) -> {
          for (int kill = 0; kill < KILLS; kill++) {
            contender.agent().start(contender.config());
            topics.awaitMore(contender.raw(), 1);
            pass(
                random,
                12_000); // TAILDIR writes its positions 5 s after the start for the first time.
            contender.agent().kill();
          }
          contender.agent().start(contender.config());
        });
  }

  @Test
  void killingTheBroker() {
    compare(
        "kill -9 of the broker",
        (contender, broker, topics, random) -> {
          contender.agent().start(contender.config());
          for (int kill = 0; kill < KILLS; kill++) {
            topics.awaitMore(contender.raw(), 1);
            pass(random, 1_500);
            broker.process().kill();
            pass(random, 3_000);
            broker.start();
          }
        });
  }

  @Test
  void killingTheAgentWhileTheBrokerIsAway() {
    compare(
        "kill -9 of the broker, then of the agent",
        (contender, broker, topics, random) -> {
          contender.agent().start(contender.config());
          for (int kill = 0; kill < KILLS; kill++) {
            topics.awaitMore(contender.raw(), 1);
            pass(random, 1_500);
            broker.process().kill();
            pass(random, 10_000);
            contender.agent().kill();
            broker.start();
            contender.agent().start(contender.config());
          }
        });
  }

  private void compare(String what, Kills kills) {
    String sluice = run("sluice", kills);
    String stock = run("stock", kills);
    System.out.printf(
        "%d x %s, seed %d%n  Sluice, exactly-once: %s%n  stock Flume 1.11.0:   %s%n",
        KILLS, what, seed, sluice, stock);
    assertThat(sluice).endsWith(" lost=0 duplicates=0");
  }

  private String run(String name, Kills kills) {
    Path own = folder.resolve(name);
    try (var broker = new KafkaBroker(own.resolve("broker")).start();
        var topics = new Topics(broker.bootstrapServers())) {
      Contender contender = name.equals("stock") ? stock(own, broker) : sluice(own, broker);
      topics.create(contender.raw());
      int written;
      try (var log = new SteadyLog(contender.log(), LINES_A_SECOND);
          FlumeAgent agent = contender.agent()) {
        kills.pass(contender, broker, topics, new Random(seed));
        written = log.stop();
        topics.awaitQuiet(contender.raw(), Duration.ofSeconds(8), CATCHING_UP);
        agent.terminate();
      }
      return "written="
          + written
          + " "
          + new ReadingCount(written).topic(topics, contender.raw(), n -> true);
    }
  }

  private static Contender sluice(Path own, KafkaBroker broker) {
    var pipeline = new Pipeline("log-to-kafka.conf", own, broker.bootstrapServers());
    pipeline.topics().create(pipeline.valid(), pipeline.invalid());
    return new Contender(
        pipeline.agent(), pipeline.config(), pipeline.log().path(), pipeline.raw());
  }

  private static Contender stock(Path own, KafkaBroker broker) {
    Path log = own.resolve("app.log");
    return new Contender(
        new FlumeAgent(own.resolve("agent")).stock(),
        AgentConfig.stock(log, own, broker.bootstrapServers(), "raw"),
        log,
        "raw");
  }

  /** A time up to {@code mostMillis}. */
  private static void pass(Random random, int mostMillis) {
    Patience.pass(Duration.ofMillis(random.nextInt(mostMillis) + 1L));
  }
}
