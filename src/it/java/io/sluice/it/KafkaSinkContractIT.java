package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.ConfigurationException;
import io.sluice.sink.RoutingKafkaSink;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import javax.management.ObjectName;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Sink.Status;
import org.apache.flume.Transaction;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.source.avro.AvroFlumeEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What Flume's own tests hold KafkaSink to, held against {@link RoutingKafkaSink} through a real
 * memory channel and a real broker, in this process. Where it is meant to differ, the test says so,
 * and so does {@code docs/migrating.md}.
 */
final class KafkaSinkContractIT {
  private static final String DEFAULT_TOPIC = "default-flume-topic";
  private static Topics topics;

  private final String topic = "contract-" + UUID.randomUUID();
  private final Map<String, String> settings = new HashMap<>();
  private final MemoryChannel channel = new MemoryChannel();
  private RoutingKafkaSink sink;

  @BeforeAll
  static void connect() {
    topics = new Topics(SharedBroker.bootstrapServers()).create(DEFAULT_TOPIC);
  }

  @AfterAll
  static void disconnect() {
    topics.delete(List.of(DEFAULT_TOPIC));
    topics.close();
  }

  @BeforeEach
  void configureAsForKafkaSink() {
    settings.put("kafka.bootstrap.servers", SharedBroker.bootstrapServers());
    settings.put("kafka.topic", topic);
    channel.setName("c-" + topic);
    channel.configure(new Context(Map.of("keep-alive", "0")));
    channel.start();
  }

  @AfterEach
  void stop() {
    if (sink != null) {
      sink.stop();
    }
  }

  private void start() {
    sink = new RoutingKafkaSink();
    sink.setName("k-" + topic);
    sink.setChannel(channel);
    sink.configure(new Context(settings));
    sink.start();
  }

  private void ship(Event... events) throws Exception {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    for (Event event : events) {
      channel.put(event);
    }
    transaction.commit();
    transaction.close();
    start();
    sink.process();
  }

  private static Event event(String body, String... headers) {
    var map = new HashMap<String, String>();
    for (int i = 0; i < headers.length; i += 2) {
      map.put(headers[i], headers[i + 1]);
    }
    return EventBuilder.withBody(body.getBytes(StandardCharsets.UTF_8), map);
  }

  private ConsumerRecord<byte[], byte[]> only(String from) {
    List<ConsumerRecord<byte[], byte[]>> records = topics.records(from);
    assertThat(records).hasSize(1);
    return records.get(0);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  @Test
  void withoutATopicItIsTheDefaultOne() throws Exception {
    settings.remove("kafka.topic");
    ship(event("default"));

    assertThat(topics.values(DEFAULT_TOPIC)).contains("default".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void oldNamesStillCount() throws Exception {
    topics.create(topic);
    settings.clear();
    settings.put("brokerList", SharedBroker.bootstrapServers());
    settings.put("topic", topic);
    settings.put("batchSize", "300");
    settings.put("requiredAcks", "all");
    ship(event("old"));

    assertThat(text(only(topic).value())).isEqualTo("old");
  }

  @Test
  void topicAndKeyComeFromTheEventsHeaders() throws Exception {
    topics.create(topic);
    settings.put("kafka.topic", "elsewhere");
    ship(event("body", "topic", topic, "key", "custom-key"));

    assertThat(text(only(topic).key())).isEqualTo("custom-key");
  }

  @Test
  void theHeaderThatNamesTheTopicMayHaveAnotherName() throws Exception {
    topics.create(topic);
    settings.put("kafka.topic", "elsewhere");
    settings.put("topicHeader", "customTopicHeader");
    ship(event("body", "customTopicHeader", topic));

    assertThat(only(topic).key()).isNull();
  }

  @Test
  void theHeaderCountsForNothingIfItMayNotOverride() throws Exception {
    topics.create(topic);
    settings.put("allowTopicOverride", "False");
    ship(event("body", "topic", "elsewhere"));

    assertThat(text(only(topic).value())).isEqualTo("body");
  }

  @Test
  void theTopicsNameTakesHeadersIn() throws Exception {
    topics.create(topic + "-filled");
    settings.put("kafka.topic", topic + "-%{part}");
    ship(event("body", "part", "filled"));

    assertThat(text(only(topic + "-filled").value())).isEqualTo("body");
  }

  @Test
  void timeAndHeadersComeFromTheEventsHeaders() throws Exception {
    topics.create(topic);
    settings.put("timestampHeader", "timestamp");
    settings.put("header.correlator", "FLUME_CORRELATOR");
    settings.put("header.method", "FLUME_METHOD");
    long time = System.currentTimeMillis() - 5_000;
    ship(
        event(
            "body",
            "timestamp",
            Long.toString(time),
            "correlator",
            "12345",
            "method",
            "m",
            "x",
            "y"));

    ConsumerRecord<byte[], byte[]> found = only(topic);
    assertThat(found.timestamp()).isEqualTo(time);
    assertThat(found.headers().toArray())
        .extracting(header -> header.key() + "=" + text(header.value()))
        .containsExactlyInAnyOrder("FLUME_CORRELATOR=12345", "FLUME_METHOD=m");
  }

  @Test
  void anEventMayTravelWholeAsAvro() throws Exception {
    topics.create(topic);
    settings.put("useFlumeEventFormat", "TRUE");
    ship(event("body", "key", "custom-key", "header1", "value1"));

    ConsumerRecord<byte[], byte[]> found = only(topic);
    AvroFlumeEvent avro =
        new SpecificDatumReader<>(AvroFlumeEvent.class)
            .read(null, DecoderFactory.get().binaryDecoder(found.value(), null));
    assertThat(text(avro.getBody().array())).isEqualTo("body");
    assertThat(text(found.key())).isEqualTo("custom-key");
    var headers = new HashMap<String, String>();
    avro.getHeaders().forEach((key, value) -> headers.put(key.toString(), value.toString()));
    assertThat(headers).isEqualTo(Map.of("key", "custom-key", "header1", "value1"));
  }

  @Test
  void thePartitionComesFromAHeaderElseFromTheSettingElseFromTheClient() throws Exception {
    topics.create(topic, 5, Map.of());
    settings.put("partitionIdHeader", "partition-header");
    settings.put("defaultPartitionId", "3");
    ship(event("by header", "partition-header", "4"), event("by default", "wrong-header", "2"));

    assertThat(topics.records(topic))
        .extracting(next -> text(next.value()) + " " + next.partition())
        .containsExactlyInAnyOrder("by header 4", "by default 3");
  }

  @Test
  void dashboardsFindItsCountersUnderTheSameNames() throws Exception {
    topics.create(topic);
    ship(event("counted"));

    var name = new ObjectName("org.apache.flume.sink:type=k-" + topic);
    var beans = ManagementFactory.getPlatformMBeanServer();
    assertThat(beans.getAttribute(name, "EventDrainSuccessCount")).isEqualTo(1L);
    assertThat(beans.getAttribute(name, "RollbackCount")).isEqualTo(0L);
    assertThat((long) beans.getAttribute(name, "KafkaEventSendTimer")).isNotNegative();
  }

  /** KafkaSink answers BACKOFF, and then Flume sleeps for a second and more. */
  @Test
  void meansToDifferAnEmptyChannelIsNoReasonToBackOff() {
    topics.create(topic);
    start();

    assertThat(sink.process()).isEqualTo(Status.READY);
  }

  /** KafkaSink tries such a batch for ever. */
  @Test
  void meansToDifferAnImpossiblePartitionCostsItsRecordOnly() throws Exception {
    topics.create(topic, 2, Map.of());
    settings.put("partitionIdHeader", "partition-header");
    ship(
        event("beyond", "partition-header", "9"),
        event("no number", "partition-header", "not-a-number"),
        event("good", "partition-header", "1"));

    assertThat(text(only(topic).value())).isEqualTo("good");
  }

  /** KafkaSink takes them, and fails with each record. */
  @Test
  void meansToDifferOtherSerializersAreRefused() {
    settings.put("kafka.producer.value.serializer", "override.default.serializer");

    assertThatThrownBy(this::start)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("records are bytes");
    sink = null;
  }
}
