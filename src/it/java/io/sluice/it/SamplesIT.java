package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each sample as shipped, but for paths, hosts and topic names; stopped and started once. */
final class SamplesIT {
  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"log-to-kafka.conf", "at-least-once.conf", "durable.conf"})
  void restartLosesAndRepeatsNothing(String sample) {
    try (var pipeline =
        new Pipeline(sample, folder, SharedBroker.bootstrapServers())
            .prefixTopics(sample.replace(".conf", "-"))
            .createTopics()) {
      pipeline.log().appendReadings(0, 5_000);
      pipeline.start().awaitAll();

      assertThat(pipeline.agent().terminate()).isTrue();
      pipeline.log().appendReadings(5_000, 10_000);
      pipeline.start().awaitAll();

      assertThat(pipeline.agent().terminate()).isTrue();
      assertThat(pipeline.rawTally())
          .hasToString("written=10000 arrived=10000 lost=0 duplicates=0");
      assertThat(pipeline.judgedTally())
          .hasToString("written=10000 arrived=10000 lost=0 duplicates=0");
    }
  }
}
