package io.sluice.it;

import static io.sluice.suite.Patience.pass;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** {@code conf/log-to-kafka.conf} as shipped, but for paths, hosts, topics and delivery ids. */
final class ExactlyOnceIT {

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeEach
  void createTopics(TestInfo test) {
    pipeline =
        new Pipeline("log-to-kafka.conf", folder, SharedBroker.bootstrapServers())
            .prefixTopics(test.getTestMethod().orElseThrow().getName() + "-")
            .createTopics();
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  private void assertEachLineOnce(int count) {
    String exactly = "written=%d arrived=%d lost=0 duplicates=0".formatted(count, count);
    assertThat(pipeline.rawTally()).hasToString(exactly);
    assertThat(pipeline.judgedTally()).hasToString(exactly);
  }

  @Test
  void stopsAndStartsRepeatNothing() {
    pipeline.log().appendReadings(0, 40_000);
    pipeline.start();
    pipeline.topics().awaitCount(pipeline.raw(), 1);
    assertThat(pipeline.agent().terminate()).isTrue();
    pipeline.log().appendReadings(40_000, 50_000);

    pipeline.start().awaitAll();

    assertEachLineOnce(50_000);
  }

  @Test
  void severalSourcesAndFilesShareOneChannel() {
    AgentConfig config = pipeline.config();
    config.set("a1.sources", "tail second");
    for (String key : config.keysUnder("a1.sources.tail.")) {
      config.set("a1.sources.second." + key, config.get("a1.sources.tail." + key));
    }
    config.set("a1.sources.second.paths", folder.resolve("second/**/*.log"));
    config.set("a1.sources.second.interceptors.range.metricsName", "second");
    var logs = new ArrayList<LogFile>(List.of(pipeline.log()));
    for (int i = 0; i < 5; i++) {
      logs.add(new LogFile(folder.resolve("second/" + i + "/app.log")));
    }
    for (int i = 0; i < 6; i++) {
      logs.get(i).appendReadings(i * 10_000, i * 10_000 + 5_000);
    }

    pipeline.start();
    pipeline.topics().awaitCount(pipeline.raw(), 2_000);
    pipeline.agent().kill();
    for (int i = 0; i < 6; i++) {
      logs.get(i).appendReadings(i * 10_000 + 5_000, i * 10_000 + 6_000);
    }
    pipeline.start();
    pipeline.topics().awaitCount(pipeline.raw(), 36_000);

    var tally = new Tally().arrived(pipeline.topics().values(pipeline.raw()));
    logs.forEach(log -> tally.written(log.lines()));
    assertThat(tally).hasToString("written=36000 arrived=36000 lost=0 duplicates=0");
  }

  @Test
  void anOlderAgentWithTheSameDeliveryIdStopsAndSaysWhatToDo() {
    pipeline.log().appendReadings(0, 5_000);
    pipeline.start().awaitAll();

    try (var newer = new FlumeAgent(folder.resolve("newer"))) {
      newer.start(pipeline.config()).awaitLog("positions read from");
      pipeline.log().appendReadings(5_000, 10_000);
      pipeline.agent().awaitLog("give each sink its own");
      pipeline.log().appendReadings(10_000, 15_000);
      pipeline.awaitAll();

      assertThat(newer.log()).doesNotContain("fenced");
      assertEachLineOnce(15_000);
    }
  }

  @Test
  void anAgentFrozenPastTheTransactionTimeoutGoesOnByItself() {
    pipeline.config().set("a1.sinks.kafka.kafka.producer.transaction.timeout.ms", 2_000);
    pipeline.log().appendReadings(0, 300_000);
    pipeline.start();
    pipeline.topics().awaitCount(pipeline.raw(), 1);

    pipeline.agent().process().pause();
    pass(Duration.ofSeconds(5));
    pipeline.agent().process().resume();
    pipeline.awaitAll();

    assertThat(pipeline.agent().log()).doesNotContain("give each sink its own");
    assertEachLineOnce(300_000);
  }

  @Test
  void anOversizedRecordIsDescribedAndTheRestOfItsBatchDeliveredOnce() {
    pipeline.config().set("a1.sources.tail.maxLineBytes", 2_000_000);
    pipeline.log().appendReadings(0, 500);
    String tooLarge = "value=15 " + Noise.text(1_200_000);
    pipeline.log().append(tooLarge).appendReadings(500, 999);

    pipeline.start();
    pipeline.topics().awaitCount(pipeline.raw(), 999);
    pipeline.topics().awaitCount(pipeline.invalid(), 633);

    pipeline.log().lines().remove(500);
    assertThat(pipeline.rawTally()).hasToString("written=999 arrived=999 lost=0 duplicates=0");
    var letters =
        pipeline.topics().records(pipeline.invalid()).stream()
            .filter(letter -> letter.headers().lastHeader("sluice.length") != null)
            .toList();
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(new String(letter.value(), UTF_8)).isEqualTo(tooLarge.substring(0, 512));
              assertThat(letter.headers())
                  .filteredOn(header -> header.key().equals("validation.reason"))
                  .extracting(header -> new String(header.value(), UTF_8))
                  .isEqualTo(List.of("UNDELIVERABLE"));
            });
    assertThat(letters)
        .as("one for the raw and one for the valid topic")
        .extracting(
            letter -> new String(letter.headers().lastHeader("sluice.topic").value(), UTF_8))
        .containsExactlyInAnyOrder(pipeline.raw(), pipeline.valid());
  }

  @Test
  void aStopWithTheBrokerAwayTakesLessThanTenSeconds() {
    try (var broker = new KafkaBroker(folder.resolve("broker")).start();
        var away =
            new Pipeline("log-to-kafka.conf", folder.resolve("away"), broker.bootstrapServers())) {
      away.createTopics().log().appendReadings(0, 1_000);
      away.start().awaitAll();
      broker.process().kill();
      away.log().appendReadings(1_000, 20_000);
      away.agent().awaitWarning("sink 'kafka'");

      assertThat(away.agent().terminate()).isTrue();
      broker.start();
      away.start().awaitAll();

      assertThat(away.rawTally()).hasToString("written=20000 arrived=20000 lost=0 duplicates=0");
      assertThat(away.judgedTally()).hasToString("written=20000 arrived=20000 lost=0 duplicates=0");
    }
  }

  @Test
  void aReloadedConfigurationUnderLoadLosesAndRepeatsNothing() {
    pipeline.log().appendReadings(0, 100_000);
    pipeline.start();
    pipeline.topics().awaitCount(pipeline.raw(), 1);

    pipeline.config().set("a1.sinks.kafka.flumeBatchSize", 700);
    pipeline.agent().reconfigure(pipeline.config());
    for (int reading = 100_000; !pipeline.agent().log().contains("stopped"); reading += 1_000) {
      pipeline.log().appendReadings(reading, reading + 1_000);
      pipeline.topics().awaitCount(pipeline.raw(), reading - 20_000);
    }
    pipeline.log().append("value=15", "value=25");
    pipeline.awaitAll();

    assertThat(pipeline.agent().log()).contains("Stopping Source tail");
    assertEachLineOnce(pipeline.log().lines().size());
  }
}
