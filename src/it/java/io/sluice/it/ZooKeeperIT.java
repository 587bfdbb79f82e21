package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An agent that takes its configuration from a real ZooKeeper, and somebody who changes it. */
final class ZooKeeperIT {
  private static final String STARTED = "Starting new configuration";
  private static final String VALID = "a1.sinks.kafka.topics.valid";

  @TempDir Path folder;
  private ZooKeeperServer zooKeeper;
  private CommandLineTool sluice;
  private Pipeline pipeline;

  @BeforeEach
  void start() throws IOException {
    zooKeeper = new ZooKeeperServer(folder.resolve("zookeeper"));
    sluice = new CommandLineTool(folder.resolve("tool"));
    pipeline =
        new Pipeline("log-to-kafka.conf", folder, SharedBroker.bootstrapServers())
            .prefixTopics("zookeeper-")
            .createTopics();
    pipeline.agent().zooKeeper(zooKeeper.address(), "/flume");
  }

  @AfterEach
  void close() {
    pipeline.close();
    sluice.close();
    zooKeeper.close();
  }

  @Test
  void aPushedChangeIsTakenUpWithoutLossAndABadOneIsRefused() {
    String good = pipeline.valid();
    String better = "better-" + good;
    pipeline.topics().create(better);
    assertThat(config("push").exitCode()).isZero();
    try (var log = new SteadyLog(pipeline.log().path(), 2_000)) {
      pipeline.start();
      awaitMore(good);

      pipeline.config().set(VALID, better);
      JavaProcess diff = config("diff");
      assertThat(diff.output())
          .isEqualTo("- %1$s = %2$s%n+ %1$s = %3$s%n".formatted(VALID, good, better));
      assertThat(diff.exitCode()).isEqualTo(1);
      assertThat(config("push").exitCode()).isZero();
      awaitMore(better);

      pipeline.config().set("a1.sources.tail.batchSize", "many");
      JavaProcess refused = config("push");
      assertThat(refused.output())
          .contains("batchSize = \"many\" is not a whole number")
          .endsWith("push: refused; nothing was stored.\n");
      assertThat(refused.exitCode()).isEqualTo(1);

      assertThat(config("rollback").exitCode()).isZero();
      awaitMore(good);
      assertThat(pipeline.agent().logged(STARTED)).isEqualTo(3);

      zooKeeper.kill();
      awaitMore(good); // An agent that runs needs no ZooKeeper.

      int written = log.stop();
      pipeline.topics().awaitCount(pipeline.raw(), written);
      assertThat(pipeline.agent().terminate()).as("stops within 10 s").isTrue();
      ReadingCount count =
          new ReadingCount(written)
              .topic(pipeline.topics(), pipeline.raw(), number -> true)
              .topics(pipeline.topics(), ReadingCount::isValid, good, better)
              .topic(
                  pipeline.topics(), pipeline.invalid(), number -> !ReadingCount.isValid(number));
      System.out.printf("ZooKeeperIT written=%d changes=2 %s%n", written, count);
      assertThat(count).hasToString("lost=0 duplicates=0");
    }
  }

  /** Waits until the topic gets lines that were written after now. */
  private void awaitMore(String topic) {
    pipeline.topics().awaitMore(topic, 1_000);
  }

  /** {@code sluice config} with what the pipeline's configuration is now. */
  private JavaProcess config(String command) {
    Path file = folder.resolve("agent.conf");
    pipeline.config().writeTo(file);
    var arguments =
        new ArrayList<>(List.of("config", command, "-z", zooKeeper.address(), "-n", "a1"));
    switch (command) {
      case "push" -> arguments.addAll(List.of("--open", file.toString()));
      case "diff" -> arguments.add(file.toString());
      default -> {}
    }
    return sluice.run(arguments.toArray(String[]::new));
  }
}
