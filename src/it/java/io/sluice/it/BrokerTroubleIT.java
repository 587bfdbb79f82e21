package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker is not there, or not as it should be. */
final class BrokerTroubleIT {
  @TempDir static Path brokerFolder;
  private static KafkaBroker broker;

  @TempDir Path folder;

  @BeforeAll
  static void prepareBroker() {
    broker =
        new KafkaBroker(brokerFolder.resolve("broker")).with("auto.create.topics.enable", "false");
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
  }

  /** An agent that waits for brokers for a shorter time than by default. */
  private Pipeline pipeline(String prefix, String bootstrapServers) {
    var pipeline =
        new Pipeline("at-least-once.conf", folder, bootstrapServers).prefixTopics(prefix);
    pipeline.config().set("a1.sinks.kafka.kafka.producer.max.block.ms", 2_000);
    return pipeline;
  }

  @Test
  void waitsForABrokerThatIsNotThereYet() {
    broker.close();
    try (var pipeline = pipeline("early-", broker.bootstrapServers())) {
      pipeline.log().appendReadings(0, 20_000);
      long start = System.nanoTime();
      pipeline.start().agent().awaitWarning("sink 'kafka'");
      assertThat(pipeline.agent().terminate()).as("stops within 10 s").isTrue();
      pipeline.start();
      broker.start();
      pipeline.createTopics().awaitAll();

      assertThat(pipeline.agent().terminate()).isTrue();
      assertThat(pipeline.rawTally())
          .hasToString("written=20000 arrived=20000 lost=0 duplicates=0");
      assertThat(pipeline.judgedTally())
          .hasToString("written=20000 arrived=20000 lost=0 duplicates=0");
      assertThat(pipeline.agent().warnings("sink 'kafka'"))
          .as("one warning a minute and start, of two kinds")
          .isLessThanOrEqualTo(4 + 2 * Duration.ofNanos(System.nanoTime() - start).toMinutes());
    }
  }

  @Test
  void saysThatATopicIsMissingAndGoesOnWhenItIsCreated() {
    try (var pipeline = pipeline("missing-", SharedBroker.bootstrapServers())) {
      pipeline.log().appendReadings(0, 1_000);
      pipeline.config().set("a1.sinks.kafka.kafka.producer.max.block.ms", 2_000);

      pipeline.start().agent().awaitLog("the brokers have no topic").awaitLog("and create none");
      pipeline.createTopics().awaitAll();

      assertThat(pipeline.rawTally()).hasToString("written=1000 arrived=1000 lost=0 duplicates=0");
    }
  }

  @Test
  void goesOnWhenABrokerComesBack() {
    broker.ensureStarted();
    try (var pipeline = pipeline("back-", broker.bootstrapServers())) {
      pipeline.createTopics().log().appendReadings(0, 10_000);
      pipeline.start().awaitAll();

      broker.process().kill();
      pipeline.log().appendReadings(10_000, 20_000);
      broker.start();
      pipeline.awaitAll();

      assertThat(pipeline.rawTally().lost()).isZero();
      assertThat(pipeline.judgedTally().lost()).isZero();
    }
  }
}
