package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers, three replicas, at least two of them in sync. Leaders of the topics and of the
 * transactions move from broker to broker while lines flow.
 */
final class ClusterTroubleIT {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  @TempDir Path folder;
  private KafkaBroker first;
  private KafkaBroker second;
  private KafkaBroker third;
  private Pipeline pipeline;
  private SteadyLog log;

  @BeforeEach
  void startCluster() {
    first =
        new KafkaBroker(folder.resolve("broker-1"))
            .with("transaction.state.log.replication.factor", "3")
            .with("transaction.state.log.min.isr", "2")
            .with("offsets.topic.replication.factor", "3")
            .with("broker.session.timeout.ms", "3000")
            .with("broker.heartbeat.interval.ms", "500")
            .with("default.replication.factor", "3")
            .with("min.insync.replicas", "2");
    second = KafkaBroker.joining(first, 2, folder.resolve("broker-2"));
    third = KafkaBroker.joining(first, 3, folder.resolve("broker-3"));
    first.start();
    second.start();
    third.start();
    pipeline = new Pipeline("exactly-once.conf", folder, first.bootstrapServers());
    for (String topic : List.of(pipeline.raw(), pipeline.valid(), pipeline.invalid())) {
      pipeline
          .topics()
          .create(new NewTopic(topic, 1, (short) 3).configs(Map.of("min.insync.replicas", "2")));
    }
    pipeline
        .config()
        .set(
            "a1.sinks.kafka.kafka.bootstrap.servers",
            String.join(
                ",",
                first.bootstrapServers(),
                second.bootstrapServers(),
                third.bootstrapServers()));
    pipeline.start();
    log = new SteadyLog(pipeline.log().path(), 5_000);
  }

  @AfterEach
  void close() {
    log.close();
    pipeline.close();
    List.of(third, second, first).forEach(KafkaBroker::close);
  }

  @Test
  void brokersThatDieOneAfterTheOtherAndTwoAtOnceLoseAndRepeatNothing() {
    awaitLines();
    for (KafkaBroker broker : List.of(second, third)) {
      broker.process().kill();
      awaitLines();
      broker.start();
      awaitLines();
    }
    second.process().pause();
    third.process().pause();
    pass(Duration.ofSeconds(10)); // too few replicas now, and no leader for some partitions
    second.process().resume();
    awaitLines();
    third.process().resume();
    awaitLines();

    int written = log.stop();
    pipeline.topics().awaitCount(pipeline.raw(), written, LIMIT);
    assertThat(pipeline.agent().terminate()).isTrue();
    assertThat(
            new ReadingCount(written)
                .topic(pipeline.topics(), pipeline.raw(), number -> true)
                .topic(pipeline.topics(), pipeline.valid(), ReadingCount::isValid)
                .topic(
                    pipeline.topics(), pipeline.invalid(), number -> !ReadingCount.isValid(number)))
        .hasToString("lost=0 duplicates=0");
  }

  /** Waits until more lines than before can be read. */
  private void awaitLines() {
    try (TopicReader raw = pipeline.topics().reader(pipeline.raw())) {
      long before = raw.readToEnd(next -> {});
      await("more lines arrive")
          .atMost(LIMIT)
          .pollInterval(Duration.ofMillis(100))
          .until(() -> raw.readToEnd(next -> {}) > before + 5_000);
    }
  }

  private static void pass(Duration time) {
    await("some time").pollDelay(time).atMost(LIMIT).until(() -> true);
  }
}
