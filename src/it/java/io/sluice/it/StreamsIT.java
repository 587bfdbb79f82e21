package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.suite.Patience;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/sluice streams} with the shipped sample, but for brokers and topics. */
final class StreamsIT {
  private static final int PARTITIONS = 4;

  @TempDir Path folder;
  private CommandLineTool sluice;
  private Topics topics;
  private Map<String, String> config;

  @BeforeEach
  void unpack(TestInfo test) {
    String name = test.getTestMethod().orElseThrow().getName();
    sluice = new CommandLineTool(folder);
    topics = new Topics(SharedBroker.bootstrapServers());
    config =
        new TreeMap<>(
            Map.of(
                "kafka.bootstrap.servers",
                SharedBroker.bootstrapServers(),
                "applicationId",
                name,
                "topics.raw",
                name + "-raw",
                "topics.valid",
                name + "-valid",
                "topics.invalid",
                name + "-invalid",
                "kafka.streams.consumer.session.timeout.ms",
                "6000",
                "kafka.streams.consumer.heartbeat.interval.ms",
                "500"));
  }

  @AfterEach
  void close() {
    sluice.close();
    topics.close();
  }

  private void createTopics() {
    for (String key : new String[] {"topics.raw", "topics.valid", "topics.invalid"}) {
      topics.create(config.get(key), PARTITIONS, Map.of());
    }
  }

  /** Sends readings in small steps until told to end, and at least {@code least}; how many. */
  private int send(int least, AtomicBoolean ending) {
    Map<String, Object> properties =
        Map.of("bootstrap.servers", SharedBroker.bootstrapServers(), "linger.ms", 5);
    var serializer = new ByteArraySerializer();
    int sent = 0;
    try (var producer = new KafkaProducer<>(properties, serializer, serializer)) {
      while (sent < least || !ending.get()) {
        byte[] line =
            ("reading " + sent + " value=" + sent % 30).getBytes(StandardCharsets.US_ASCII);
        int partition = sent % PARTITIONS;
        producer.send(new ProducerRecord<>(config.get("topics.raw"), partition, null, line));
        if (++sent % 200 == 0) {
          producer.flush();
        }
      }
    }
    return sent;
  }

  private void awaitJudged(int count) {
    try (TopicReader valid = topics.reader(config.get("topics.valid"));
        TopicReader invalid = topics.reader(config.get("topics.invalid"))) {
      await(count + " records are judged")
          .until(() -> valid.readToEnd(next -> {}) + invalid.readToEnd(next -> {}) >= count);
    }
  }

  private static void awaitOutput(JavaProcess process, String text) {
    await("it says: " + text).until(() -> process.output().contains(text));
  }

  @Test
  void judgesEachRecordOnceThoughOneOfTwoInstancesIsKilled() {
    createTopics();
    JavaProcess first = sluice.streams(config);
    JavaProcess second = sluice.streams(config);
    awaitOutput(first, ": RUNNING");
    awaitOutput(second, ": RUNNING");
    var killed = new AtomicBoolean();
    CompletableFuture<Integer> sending = CompletableFuture.supplyAsync(() -> send(200_000, killed));
    awaitJudged(50_000);

    first.kill();

    killed.set(true);
    assertThat(first.exitCode()).isEqualTo(137);
    int count = sending.join();
    awaitJudged(count);
    assertThat(
            new ReadingCount(count)
                .topic(topics, config.get("topics.valid"), ReadingCount::isValid)
                .topic(
                    topics, config.get("topics.invalid"), number -> !ReadingCount.isValid(number)))
        .hasToString("lost=0 duplicates=0");
    System.out.printf("StreamsIT: %d records, one of two instances killed%n", count);
    assertThat(second.terminate(Patience.STOP)).isTrue();
    assertThat(second.output()).contains("' stopped: judged=");
  }

  @Test
  void describesARecordThatItsReasonMakesTooLarge() {
    topics.create(config.get("topics.raw"), 1, Map.of());
    topics.create(config.get("topics.valid"), 1, Map.of());
    topics.create(config.get("topics.invalid"), 1, Map.of("max.message.bytes", "1000"));
    String bootstrapServers = SharedBroker.bootstrapServers();
    var serializer = new ByteArraySerializer();
    byte[] large = ("value=99 " + "x".repeat(850)).getBytes(StandardCharsets.US_ASCII);
    try (var producer =
        new KafkaProducer<>(
            Map.<String, Object>of("bootstrap.servers", bootstrapServers),
            serializer,
            serializer)) {
      producer.send(new ProducerRecord<>(config.get("topics.raw"), large));
      producer.send(new ProducerRecord<>(config.get("topics.raw"), "value=15".getBytes(UTF_8)));
    }

    JavaProcess process = sluice.streams(config);
    topics.awaitCount(config.get("topics.valid"), 1);

    var letter = topics.records(config.get("topics.invalid")).get(0);
    assertThat(letter.value()).hasSize(512);
    assertThat(new String(letter.headers().lastHeader("validation.reason").value(), UTF_8))
        .isEqualTo("UNDELIVERABLE");
    assertThat(new String(letter.headers().lastHeader("sluice.record").value(), UTF_8))
        .isEqualTo(config.get("topics.raw") + "/0@0");
    assertThat(process.isAlive()).isTrue();
    assertThat(process.output()).doesNotContain("a thread died");
  }

  @Test
  void showsItsMetricsAndItsHealth() {
    createTopics();
    int port = FreePort.find();
    config.put("console.port", Integer.toString(port));

    JavaProcess alone = sluice.streams(config);
    await("it ends").until(() -> !alone.isAlive());
    assertThat(alone.output()).contains("console.* needs the libraries of Flume");
    sluice.close();

    sluice = CommandLineTool.inFlume(folder.resolve("flume"));
    JavaProcess process = sluice.streams(config);
    send(200, new AtomicBoolean(true));
    awaitJudged(200);

    await("the metrics have all records")
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(
            () -> {
              String metrics = get(port, "/metrics");
              String id = config.get("applicationId");
              return metrics.contains(
                      "sluice_validator_lines_total{component=\"" + id + "\",verdict=\"valid\"} ")
                  && metrics.contains("sluice_streams_running{component=\"" + id + "\"} 1.0")
                  && metrics.contains("sluice_streams_lag_records{component=\"" + id + "\"} 0.0");
            });
    await("it is ready").until(() -> get(port, "/readyz").contains("\"ready\":true"));
    assertThat(process.terminate(Patience.STOP)).isTrue();
  }

  private static String get(int port, String path) throws IOException {
    var connection =
        (HttpURLConnection) URI.create("http://127.0.0.1:" + port + path).toURL().openConnection();
    try (var in =
        connection.getResponseCode() < 400
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void namesTheTopicsThatAreMissing() {
    topics.create(config.get("topics.valid"));

    JavaProcess process = sluice.streams(config);
    await("it ends").until(() -> !process.isAlive());

    assertThat(process.exitCode()).isEqualTo(1);
    assertThat(process.output())
        .contains(
            "has no topic '%s', '%s'."
                .formatted(config.get("topics.invalid"), config.get("topics.raw")));
  }

  @Test
  void saysThatNoBrokerAnswers() {
    config.put("kafka.bootstrap.servers", "127.0.0.1:" + FreePort.find());

    JavaProcess process = sluice.streams(config);
    await("it ends").until(() -> !process.isAlive());

    assertThat(process.exitCode()).isEqualTo(1);
    assertThat(process.output())
        .contains("Kafka at " + config.get("kafka.bootstrap.servers") + " does not answer");
  }

  @Test
  void aCommandLineThatIsWrongEndsWithTwo() {
    assertThat(sluice.run("streams").exitCode()).isEqualTo(2);
    assertThat(sluice.run("--version").output()).contains("kafka-clients 4.3.1");
  }
}
