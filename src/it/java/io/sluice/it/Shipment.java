package io.sluice.it;

import static io.sluice.suite.Patience.await;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaException;

/** One agent that ships a steadily growing log to a cluster, and when its lines arrived there. */
final class Shipment implements AutoCloseable {
  private static final int LINES_A_SECOND = 2_000;

  private final String guarantee;
  private final Pipeline pipeline;
  private final SteadyLog log;
  private final TopicReader raw;
  private int latest;

  /**
   * Starts the agent.
   *
   * @param guarantee {@code exactly-once} or {@code at-least-once}
   * @param servers the brokers as the agent shall reach them
   */
  Shipment(String guarantee, Path folder, KafkaCluster cluster, String servers) {
    this.guarantee = guarantee;
    pipeline =
        new Pipeline(sample(), folder.resolve(guarantee), servers)
            .prefixTopics(guarantee + "-")
            .readBackFrom(cluster.bootstrapServers());
    topics().forEach(topic -> pipeline.topics().create(newTopic(topic)));
    log = new SteadyLog(pipeline.log().path(), LINES_A_SECOND);
    pipeline.start();
    raw = pipeline.topics().reader(pipeline.raw());
  }

  private String sample() {
    return isExactlyOnce() ? "log-to-kafka.conf" : "at-least-once.conf";
  }

  /** The brokers themselves write down when they got a record. */
  private static NewTopic newTopic(String name) {
    return new NewTopic(name, 1, (short) 3)
        .configs(Map.of("min.insync.replicas", "2", "message.timestamp.type", "LogAppendTime"));
  }

  List<String> topics() {
    return List.of(pipeline.raw(), pipeline.valid(), pipeline.invalid());
  }

  String guarantee() {
    return guarantee;
  }

  boolean isExactlyOnce() {
    return guarantee.equals("exactly-once");
  }

  int written() {
    return log.written();
  }

  long warnings() {
    return pipeline.agent().warnings("sink 'kafka'");
  }

  /** Waits until the sink has warned once more; it does so once a minute. */
  void awaitWarning(long before) {
    await(guarantee + ": the sink warns").until(() -> warnings() > before);
  }

  /** Waits until lines that are written only from now on have arrived. */
  void awaitFlow() {
    int awaited = written() + LINES_A_SECOND / 2;
    await(guarantee + ": reading " + awaited + " arrives")
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptionsInstanceOf(KafkaException.class) // the cluster may still be in trouble
        .until(
            () -> {
              raw.readToEnd(next -> latest = number(next.value()));
              return latest >= awaited;
            });
  }

  private static int number(byte[] line) {
    return Integer.parseInt(new String(line, StandardCharsets.US_ASCII).split(" ")[1]);
  }

  /** Ends the log, and waits until all of it has arrived; how its lines fared. */
  Arrival finish() {
    int count = log.stop();
    try (TopicReader valid = pipeline.topics().reader(pipeline.valid());
        TopicReader invalid = pipeline.topics().reader(pipeline.invalid())) {
      await(guarantee + ": all lines arrive")
          .pollInterval(Duration.ofMillis(100))
          .until(
              () ->
                  raw.readToEnd(next -> {}) >= count
                      && valid.readToEnd(next -> {}) + invalid.readToEnd(next -> {}) >= count);
    }
    if (!pipeline.agent().terminate()) {
      throw new IllegalStateException("the agent did not stop within ten seconds");
    }
    List<Long> times = new ArrayList<>();
    try (TopicReader reader = pipeline.topics().reader(pipeline.raw())) {
      reader.readToEnd(next -> times.add(next.timestamp()));
    }
    var readings =
        new ReadingCount(count)
            .topic(pipeline.topics(), pipeline.raw(), number -> true)
            .topic(pipeline.topics(), pipeline.valid(), ReadingCount::isValid)
            .topic(pipeline.topics(), pipeline.invalid(), number -> !ReadingCount.isValid(number));
    return new Arrival(readings, times.stream().mapToLong(Long::longValue).toArray());
  }

  /**
   * What arrived.
   *
   * @param times when the records of the raw topic were appended, in their order
   */
  record Arrival(ReadingCount readings, long[] times) {
    /** The longest time between two lines, from one moment to another. */
    long longestGapMillis(long fromMillis, long untilMillis) {
      long[] window =
          LongStream.of(times).filter(time -> time > fromMillis && time <= untilMillis).toArray();
      long longest = 0;
      long before = fromMillis;
      for (long time : window) {
        longest = Math.max(longest, time - before);
        before = Math.max(before, time);
      }
      return longest;
    }
  }

  @Override
  public void close() {
    log.close();
    raw.close();
    pipeline.close();
  }
}
