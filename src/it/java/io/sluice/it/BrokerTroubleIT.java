package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The broker is not there, or not as it should be. */
final class BrokerTroubleIT {
  @TempDir Path folder;

  @Test
  void waitsForABrokerThatIsNotThereYet() {
    try (var broker =
            new KafkaBroker(folder.resolve("broker")).with("auto.create.topics.enable", "false");
        var pipeline = new Pipeline("log-to-kafka.conf", folder, broker.bootstrapServers())) {
      pipeline.log().appendReadings(0, 20_000);

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
          .as("one warning a minute and start")
          .isLessThanOrEqualTo(4);
    }
  }

  @Test
  void saysThatATopicIsMissingAndGoesOnWhenItIsCreated() {
    try (var pipeline =
        new Pipeline("log-to-kafka.conf", folder, SharedBroker.bootstrapServers())
            .prefixTopics("missing-")) {
      pipeline.log().appendReadings(0, 1_000);

      pipeline.start().agent().awaitLog("the brokers have no topic");
      pipeline.createTopics().awaitAll();

      assertThat(pipeline.rawTally()).hasToString("written=1000 arrived=1000 lost=0 duplicates=0");
    }
  }

  @Test
  void goesOnWhenABrokerComesBack() {
    try (var broker = new KafkaBroker(folder.resolve("broker")).start();
        var pipeline = new Pipeline("log-to-kafka.conf", folder, broker.bootstrapServers())) {
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
