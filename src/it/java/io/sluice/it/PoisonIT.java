package io.sluice.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sink.RoutingKafkaSink;
import io.sluice.suite.Patience;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.event.EventBuilder;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Records that Kafka never takes, in the middle of a batch of 1,000: the others are delivered once,
 * and these are described on the invalid topic.
 */
@Timeout(120)
final class PoisonIT {
  private final MemoryChannel channel = new MemoryChannel();
  private final RoutingKafkaSink sink = new RoutingKafkaSink();
  private final Topics topics = new Topics(SharedBroker.bootstrapServers());
  private final Map<String, String> settings = new HashMap<>();
  private String prefix;

  @BeforeEach
  void name(TestInfo test) {
    prefix = test.getTestMethod().orElseThrow().getName() + test.getDisplayName().hashCode() + "-";
    topics.create(prefix + "invalid");
    settings.put("kafka.bootstrap.servers", SharedBroker.bootstrapServers());
    settings.put("topics.invalid", prefix + "invalid");
    settings.put("topics.valid", prefix + "valid");
    settings.put("topics.raw", prefix + "raw");
  }

  @AfterEach
  void close() {
    sink.stop();
    channel.stop();
    topics.close();
  }

  private void start(String guarantee) {
    settings.put("guarantee", guarantee);
    if (guarantee.equals("exactly-once")) {
      settings.put("deliveryId", prefix + "id");
    }
    channel.setName(prefix);
    channel.configure(
        new Context(Map.of("capacity", "2000", "transactionCapacity", "2000", "keep-alive", "0")));
    channel.start();
    sink.setName("poison");
    sink.configure(new Context(settings));
    sink.setChannel(channel);
    sink.start();
  }

  /** A thousand events, of which the middle one is {@code poison}. */
  private void shipAround(Event poison) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    for (int i = 0; i < 1_000; i++) {
      channel.put(i == 500 ? poison : event("line " + i, Map.of()));
    }
    transaction.commit();
    transaction.close();
    // What is refused comes back to the channel and is taken again, in as many turns as it takes.
    Patience.await("everything is delivered or described")
        .pollDelay(Duration.ZERO)
        .pollInSameThread()
        .until(
            () -> {
              sink.process();
              return count("EventDrainSuccessCount").equals(1_000L);
            });
  }

  private static Event event(String body, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.put("validation", "valid");
    all.put("kind", "raw");
    return EventBuilder.withBody(body, UTF_8, all);
  }

  private void assertTheOthersArrivedOnceOn(String topic) {
    List<byte[]> expected =
        IntStream.range(0, 1_000)
            .filter(i -> i != 500)
            .mapToObj(i -> ("line " + i).getBytes(UTF_8))
            .toList();
    topics.awaitCount(topic, expected.size()); // Commit markers may come after the commit's answer.
    assertThat(new Tally().written(expected).arrived(topics.values(topic)))
        .hasToString("written=999 arrived=999 lost=0 duplicates=0");
  }

  private void assertAllArrivedOn(String topic) {
    topics.awaitCount(topic, 1_000);
    assertThat(topics.values(topic)).hasSize(1_000);
  }

  private List<ConsumerRecord<byte[], byte[]>> letters() {
    return topics.records(prefix + "invalid");
  }

  private static String header(ConsumerRecord<byte[], byte[]> letter, String name) {
    return new String(letter.headers().lastHeader(name).value(), UTF_8);
  }

  private static void assertCounts(long raw, long valid, long undeliverable) {
    assertThat(count("RawRecordCount")).as("raw").isEqualTo(raw);
    assertThat(count("ValidRecordCount")).as("valid").isEqualTo(valid);
    assertThat(count("UndeliverableRecordCount")).as("undeliverable").isEqualTo(undeliverable);
  }

  private static Object count(String attribute) {
    try {
      var bean = new ObjectName("org.apache.flume.sink:type=poison");
      return ManagementFactory.getPlatformMBeanServer().getAttribute(bean, attribute);
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void aRecordOverTheClientsLimitIsDescribed(String guarantee) {
    topics.create(prefix + "raw", prefix + "valid");
    settings.put("kafka.producer.max.request.size", "500000");
    start(guarantee);

    shipAround(event("x".repeat(600_000), Map.of()));

    assertTheOthersArrivedOnceOn(prefix + "raw");
    assertTheOthersArrivedOnceOn(prefix + "valid");
    assertThat(letters())
        .extracting(letter -> header(letter, "sluice.topic"))
        .containsExactlyInAnyOrder(prefix + "raw", prefix + "valid");
    assertThat(letters())
        .allSatisfy(
            letter -> {
              assertThat(header(letter, "validation.reason")).isEqualTo("UNDELIVERABLE");
              assertThat(header(letter, "sluice.length")).isEqualTo("600000");
              assertThat(header(letter, "sluice.sha256")).hasSize(64);
              assertThat(letter.value()).hasSize(512);
            });
    assertCounts(999, 999, 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void aRecordOverTheTopicsLimitIsDescribedAndStillReachesTheOtherTopic(String guarantee) {
    topics.create(prefix + "raw", 1, Map.of("max.message.bytes", "20000"));
    topics.create(prefix + "valid");
    start(guarantee);

    shipAround(event(Noise.text(30_000), Map.of()));

    assertTheOthersArrivedOnceOn(prefix + "raw");
    assertAllArrivedOn(prefix + "valid");
    assertThat(letters())
        .singleElement()
        .satisfies(letter -> assertThat(header(letter, "sluice.topic")).isEqualTo(prefix + "raw"));
    assertCounts(999, 1_000, 1);
  }

  private static Stream<Arguments> everyCodec() {
    return Stream.concat(pairs("none"), everyCompression());
  }

  private static Stream<Arguments> everyCompression() {
    return Stream.of("gzip", "snappy", "lz4", "zstd").flatMap(PoisonIT::pairs);
  }

  private static Stream<Arguments> pairs(String compression) {
    return Stream.of("at-least-once", "exactly-once")
        .map(guarantee -> Arguments.of(guarantee, compression));
  }

  @ParameterizedTest
  @MethodSource("everyCompression")
  void aLargeRecordThatCompressesBelowTheLimitIsDelivered(String guarantee, String compression) {
    topics.create(prefix + "raw", prefix + "valid");
    settings.put("kafka.producer.compression.type", compression);
    start(guarantee);

    shipAround(event("0".repeat(3_000_000), Map.of()));

    assertAllArrivedOn(prefix + "raw");
    assertAllArrivedOn(prefix + "valid");
    assertThat(letters()).isEmpty();
    assertCounts(1_000, 1_000, 0);
  }

  @ParameterizedTest
  @MethodSource("everyCodec")
  void aLargeRecordThatDoesNotCompressIsDescribed(String guarantee, String compression) {
    topics.create(prefix + "raw", prefix + "valid");
    settings.put("kafka.producer.compression.type", compression);
    start(guarantee);

    shipAround(event(Noise.text(3_000_000), Map.of()));

    assertTheOthersArrivedOnceOn(prefix + "raw");
    assertTheOthersArrivedOnceOn(prefix + "valid");
    assertThat(letters()).hasSize(2);
    assertCounts(999, 999, 2);
  }

  /** The limit is not known in advance, because the topic's name is made of a header. */
  @ParameterizedTest
  @MethodSource("everyCodec")
  void aRecordOverALimitThatIsNotKnownIsDescribed(String guarantee, String compression) {
    topics.create(prefix + "raw", 1, Map.of("max.message.bytes", "20000"));
    topics.create(prefix + "valid");
    settings.put("topics.raw", prefix + "%{kind}");
    settings.put("kafka.producer.compression.type", compression);
    start(guarantee);

    shipAround(event(Noise.text(30_000), Map.of()));

    assertTheOthersArrivedOnceOn(prefix + "raw");
    assertAllArrivedOn(prefix + "valid");
    assertThat(letters()).hasSize(1);
    assertCounts(999, 1_000, 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void aPartitionThatIsNoNumberOrDoesNotExistIsDescribed(String guarantee) {
    topics.create(prefix + "raw", prefix + "valid");
    settings.put("partitionIdHeader", "p");
    start(guarantee);

    shipAround(event("poison", Map.of("p", "seven")));
    assertTheOthersArrivedOnceOn(prefix + "raw");
    assertThat(letters()).hasSize(1);

    Transaction transaction = channel.getTransaction();
    transaction.begin();
    channel.put(event("poison", Map.of("p", "7")));
    transaction.commit();
    transaction.close();
    sink.process();
    assertThat(letters())
        .extracting(letter -> header(letter, "sluice.error"))
        .containsExactly(
            "header p is not the number of a partition",
            "there is no partition 7, the topic has 1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void anInvalidTopicNameFromAHeaderIsDescribed(String guarantee) {
    topics.create(prefix + "plain");
    settings.keySet().removeIf(key -> key.startsWith("topics.") && !key.endsWith("invalid"));
    settings.remove("topics.invalid");
    settings.put("kafka.topic", prefix + "plain");
    start(guarantee);

    shipAround(event("poison", Map.of("topic", "no such/topic name")));

    assertTheOthersArrivedOnceOn(prefix + "plain");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void aBadTimestampCostsOnlyTheTimestamp(String guarantee) {
    topics.create(prefix + "raw", prefix + "valid");
    settings.put("timestampHeader", "t");
    start(guarantee);

    shipAround(event("line 500", Map.of("t", "yesterday")));

    assertAllArrivedOn(prefix + "raw");
    assertThat(letters()).isEmpty();
  }
}
