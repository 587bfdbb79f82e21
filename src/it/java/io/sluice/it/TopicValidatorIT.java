package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conf/topic-validator.conf} as shipped, but for paths, hosts and topic names. */
final class TopicValidatorIT {
  private static final String RAW = "topic-validator-raw";
  private static final String VALID = "topic-validator-valid";
  private static final String INVALID = "topic-validator-invalid";

  @TempDir Path folder;
  private Topics topics;
  private FlumeAgent agent;

  @BeforeEach
  void createTopics() {
    topics = new Topics(SharedBroker.bootstrapServers());
    topics.create(RAW, VALID, INVALID);
    agent = new FlumeAgent(folder.resolve("agent"));
  }

  @AfterEach
  void close() {
    agent.close();
    topics.close();
  }

  private AgentConfig config() {
    return AgentConfig.sample("topic-validator.conf")
        .replace("a1.sources.topic.kafka.bootstrap.servers", SharedBroker.bootstrapServers())
        .replace("a1.sources.topic.kafka.topics", RAW)
        .replace("a1.sinks.kafka.kafka.bootstrap.servers", SharedBroker.bootstrapServers())
        .replace("a1.sinks.kafka.topics.valid", VALID)
        .replace("a1.sinks.kafka.topics.invalid", INVALID)
        .relocate("/var/lib/flume", folder.resolve("state"));
  }

  /** Each record says of itself that it is invalid, and has a key and a time. */
  private void send(int first, int end) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", SharedBroker.bootstrapServers(), "linger.ms", 5);
    var serializer = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(properties, serializer, serializer)) {
      for (int i = first; i < end; i++) {
        var headers = new RecordHeaders().add("validation", "invalid".getBytes(UTF_8));
        byte[] key = Integer.toString(i).getBytes(UTF_8);
        byte[] line = ("reading " + i + " value=" + i % 30).getBytes(UTF_8);
        producer.send(new ProducerRecord<>(RAW, null, 1_000_000_000_000L + i, key, line, headers));
      }
    }
  }

  private void awaitJudged(int count) {
    try (TopicReader valid = topics.reader(VALID);
        TopicReader invalid = topics.reader(INVALID)) {
      await(count + " records are judged")
          .until(() -> valid.readToEnd(next -> {}) + invalid.readToEnd(next -> {}) >= count);
    }
  }

  @Test
  void sortsATopicAndNeverWritesToItAgain() {
    send(0, 3_000);
    agent.start(config());
    awaitJudged(3_000);
    assertThat(agent.terminate()).isTrue();
    send(3_000, 6_000);

    agent.start(config());
    awaitJudged(6_000);
    assertThat(agent.terminate()).isTrue();

    assertThat(
            new ReadingCount(6_000)
                .topic(topics, VALID, ReadingCount::isValid)
                .topic(topics, INVALID, number -> !ReadingCount.isValid(number)))
        .hasToString("lost=0 duplicates=0");
    assertThat(topics.values(RAW)).hasSize(6_000);
    List<ConsumerRecord<byte[], byte[]>> all = new ArrayList<>(topics.records(VALID));
    all.addAll(topics.records(INVALID));
    assertThat(all)
        .allSatisfy(
            item ->
                assertThat(item.timestamp())
                    .isEqualTo(
                        1_000_000_000_000L + Integer.parseInt(new String(item.key(), UTF_8))));
  }
}
