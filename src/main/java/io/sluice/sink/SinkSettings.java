package io.sluice.sink;

import io.sluice.config.DropIn;
import io.sluice.config.Problems;
import io.sluice.config.Setting;
import io.sluice.config.Settings;
import io.sluice.config.Values;
import io.sluice.delivery.Guarantee;
import io.sluice.kafkaclient.KafkaClient;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Every key of the sink, and how they make a {@link SinkConfig}. */
final class SinkSettings {
  static final Setting<String> SERVERS =
      Setting.of(
              "kafka.bootstrap.servers",
              "a list of host:port, separated by commas",
              SinkSettings::servers)
          .required()
          .alias("brokerList")
          .doc("Brokers to ask first, as host:port, separated by commas.");
  static final Setting<String> RAW =
      Setting.string("topics.raw").doc("Topic that gets every line, checked or not.");
  static final Setting<String> VALID =
      Setting.string("topics.valid").doc("Topic that gets the lines found valid.");
  static final Setting<String> INVALID =
      Setting.string("topics.invalid")
          .doc(
              "Topic that gets the lines found invalid, with the reason in the record headers, and"
                  + " a description of each record that Kafka refuses for good.");
  static final Setting<String> PLAIN =
      Setting.string("kafka.topic")
          .alias("topic")
          .doc(
              "One topic for everything, as in Flume's KafkaSink; instead of `topics.raw`,"
                  + " `topics.valid` and `topics.invalid`.");
  static final Setting<Guarantee> GUARANTEE =
      Setting.choice("guarantee", Guarantee.class)
          .defaultsTo(Guarantee.AT_LEAST_ONCE)
          .doc(
              "What a crash may cost: repeats of the last moment, or nothing. Exactly-once needs a"
                  + " memory channel that this sink drains alone, and a `deliveryId`.");
  static final Setting<String> DELIVERY_ID =
      Setting.of("deliveryId", "letters, digits, '.', '_' and '-'", SinkSettings::deliveryId)
          .doc(
              "Names this sink among all sinks of the cluster under exactly-once. Keep it the same"
                  + " over restarts, and give each sink its own.");
  static final Setting<String> POSITIONS_TOPIC =
      Setting.string("positionsTopic")
          .defaultsTo("sluice-positions")
          .doc("Compacted topic for the committed positions of exactly-once; created if missing.");
  static final Setting<Integer> POSITIONS_REPLICATION =
      Setting.integer("positionsTopic.replicationFactor")
          .between(1, Short.MAX_VALUE)
          .unit("replicas")
          .doc("For creating the positions topic; without it the broker's default counts.");
  static final Setting<Integer> BATCH_SIZE =
      Setting.integer("flumeBatchSize")
          .nearestBetween(1, 1_000_000)
          .defaultsTo(10_000)
          .unit("events")
          .alias("batchSize")
          .doc(
              "Most events shipped in one batch. A batch also ends when the channel is empty, so a"
                  + " single line never waits for others, and when it fills a sixteenth of the heap"
                  + " that Flume and the Kafka client leave."
                  + " A memory channel's transactionCapacity may be smaller, then a batch takes"
                  + " several channel transactions; another channel's is the most.");
  static final Setting<Long> BATCH_BYTES =
      Setting.longInteger("batchBytes")
          .between(1, 1L << 30)
          .defaultsTo(16L << 20)
          .unit("bytes")
          .doc("Most bytes of bodies in one batch; the last event may go beyond.");
  static final Setting<Duration> BATCH_DURATION =
      Setting.millis("batchDurationMillis")
          .between(1, 600_000)
          .defaultsTo(Duration.ofSeconds(1))
          .unit("milliseconds")
          .doc("Longest time that a batch is filled before it is sent off.");
  static final Setting<Boolean> AVRO =
      Setting.bool("useFlumeEventFormat")
          .defaultsTo(false)
          .doc("Write records as Avro `AvroFlumeEvent`, headers included.");
  static final Setting<Boolean> TOPIC_OVERRIDE =
      Setting.bool("allowTopicOverride")
          .doc(
              "Whether an event header may name the topic instead of `kafka.topic`. True without"
                  + " `topics.*`; with them the verdict decides and true is refused.");
  static final Setting<String> TOPIC_HEADER =
      Setting.string("topicHeader").defaultsTo("topic").doc("The header that names the topic.");
  static final Setting<String> PARTITION_HEADER =
      Setting.string("partitionIdHeader")
          .doc("Event header with the number of the partition; goes before `defaultPartitionId`.");
  static final Setting<Integer> PARTITION =
      Setting.integer("defaultPartitionId")
          .between(0, Integer.MAX_VALUE)
          .doc("Partition for all events, instead of the client's choice.");
  static final Setting<String> TIMESTAMP_HEADER =
      Setting.string("timestampHeader")
          .doc(
              "Event header with the record's time, in milliseconds since 1970. A bad value is"
                  + " warned of, and the record gets the time of sending.");
  static final Setting<String> HEADER =
      Setting.prefix("header.")
          .doc("`header.<event header> = <record header>`: passes one event header on.");
  static final Setting<List<String>> HEADERS =
      Setting.list("kafka.headers")
          .defaultsTo(List.of())
          .doc("Event headers to pass on under their own names; `*` for all of them.");
  static final Setting<Boolean> RECORD_IDS =
      Setting.bool("recordIds")
          .defaultsTo(false)
          .doc("Give each record the headers `sluice.file` and `sluice.offset`.");
  static final Setting<String> ACKS =
      Setting.string("requiredAcks").doc("Old name of `kafka.producer.acks`.");
  static final Setting<String> PRODUCER =
      Setting.prefix("kafka.producer.")
          .doc(
              "Passed to the Kafka producer. Where nothing is given: acks=all, idempotence, with"
                  + " it a request.timeout.ms of 5 s, compression.type=lz4, and batches and buffers"
                  + " that fit the heap.");

  /** What Flume's KafkaSink has too, and what people give it in vain. */
  private static final DropIn KAFKA_SINK =
      new DropIn(
          "KafkaSink",
          List.of(
              SERVERS,
              PLAIN,
              BATCH_SIZE,
              AVRO,
              TOPIC_OVERRIDE,
              TOPIC_HEADER,
              PARTITION_HEADER,
              PARTITION,
              TIMESTAMP_HEADER,
              HEADER,
              ACKS,
              PRODUCER),
          Map.of(
              "kafka.flumeBatchSize", "write flumeBatchSize",
              "kafka.batchSize", "write flumeBatchSize",
              "serializer.class", "records are bytes, as they are in the event",
              "key.serializer.class", "keys are text in UTF-8"));

  static final Settings ALL =
      Settings.of(
              "RoutingKafkaSink",
              SERVERS,
              RAW,
              VALID,
              INVALID,
              PLAIN,
              GUARANTEE,
              DELIVERY_ID,
              POSITIONS_TOPIC,
              POSITIONS_REPLICATION,
              BATCH_SIZE,
              BATCH_BYTES,
              BATCH_DURATION,
              AVRO,
              TOPIC_OVERRIDE,
              TOPIC_HEADER,
              PARTITION_HEADER,
              PARTITION,
              TIMESTAMP_HEADER,
              HEADER,
              HEADERS,
              RECORD_IDS,
              ACKS,
              PRODUCER)
          .beside("type", "channel")
          .inPlaceOf(KAFKA_SINK);

  private static final String DEFAULT_TOPIC = "default-flume-topic";
  private static final Pattern SERVER =
      Pattern.compile("(\\w+://)?(\\[[^\\]]+]|[^:\\s]+):\\d{1,5}");
  private static final String CLIENT_CHECK = "io.sluice.sink.kafka.ProducerConfigCheck";

  private SinkSettings() {}

  /** Reads the sink's context; what is wrong with it is in {@code problems} afterwards. */
  static SinkConfig parse(String name, Map<String, String> given, Problems problems) {
    Values values = ALL.parse(given, problems);
    var topics =
        new TopicRoutes(
            values.find(RAW).orElse(null),
            values.find(VALID).orElse(null),
            values.find(INVALID).orElse(null),
            values.find(PLAIN).orElseGet(() -> defaultTopic(given, problems)));
    checkTopics(topics, values, problems);
    checkGuarantee(values, given, problems);
    Map<String, String> producer = new HashMap<>(values.under(PRODUCER));
    values
        .find(ACKS)
        .ifPresent(
            acks -> {
              problems.warn("requiredAcks is an old name; write kafka.producer.acks.");
              producer.putIfAbsent("acks", acks);
            });
    ProducerCheck.removeOld(producer, problems);
    ProducerCheck.check(producer, values, problems);
    boolean override = values.find(TOPIC_OVERRIDE).orElse(!topics.isRouting());
    var config =
        new SinkConfig(
            name,
            values.find(SERVERS).orElse(""),
            topics,
            values.get(GUARANTEE),
            values.find(DELIVERY_ID).orElse(""),
            new SinkConfig.PositionsTopicConfig(
                values.get(POSITIONS_TOPIC),
                values.find(POSITIONS_REPLICATION).map(Integer::shortValue)),
            values.get(BATCH_SIZE),
            values.get(BATCH_BYTES),
            values.get(BATCH_DURATION),
            values.get(AVRO),
            override ? values.get(TOPIC_HEADER) : null,
            values.find(PARTITION_HEADER).orElse(null),
            values.find(PARTITION).orElse(null),
            values.find(TIMESTAMP_HEADER).orElse(null),
            values.under(HEADER),
            values.get(HEADERS),
            values.get(RECORD_IDS),
            Map.copyOf(producer));
    KafkaClient.get().create(ClientCheck.class, CLIENT_CHECK).check(config, problems);
    return config;
  }

  /** KafkaSink's own, where nothing tells this sink from one. */
  private static @Nullable String defaultTopic(Map<String, String> given, Problems problems) {
    if (!ALL.isDropIn(given)) {
      return null;
    }
    problems.warn(
        "no topic is given: lines go to \"%s\", as with KafkaSink; write kafka.topic."
            .formatted(DEFAULT_TOPIC));
    return DEFAULT_TOPIC;
  }

  private static void checkTopics(TopicRoutes topics, Values values, Problems problems) {
    checkTopicNames(topics, values, problems);
    boolean anyRoute = topics.raw() != null || topics.valid() != null || topics.invalid() != null;
    if (!anyRoute && topics.plain() == null) {
      problems.error(
          "no topics: give topics.raw, topics.valid and topics.invalid (or some of them), or"
              + " kafka.topic for one topic as in Flume's KafkaSink.");
    }
    if (anyRoute && topics.plain() != null) {
      problems.error(
          "kafka.topic = \"%s\" cannot be combined with topics.raw, topics.valid or topics.invalid."
              .formatted(topics.plain()));
    }
    if (anyRoute && topics.raw() == null && (topics.valid() == null || topics.invalid() == null)) {
      problems.error(
          "%s is missing: without topics.raw some lines would go nowhere."
              .formatted(topics.valid() == null ? "topics.valid" : "topics.invalid"));
    }
    if (anyRoute && values.find(TOPIC_OVERRIDE).orElse(false)) {
      problems.error(
          "allowTopicOverride = \"true\" works with kafka.topic only; with topics.* the verdict"
              + " decides where a record goes.");
    }
  }

  private static void checkTopicNames(TopicRoutes topics, Values values, Problems problems) {
    Map<String, String> names = new TreeMap<>();
    for (Setting<String> setting : List.of(RAW, VALID, INVALID)) {
      values.find(setting).ifPresent(topic -> names.put(setting.key(), topic));
    }
    if (topics.plain() != null) {
      names.put(PLAIN.key(), topics.plain());
    }
    if (values.get(GUARANTEE) == Guarantee.EXACTLY_ONCE) {
      names.put(POSITIONS_TOPIC.key(), values.get(POSITIONS_TOPIC));
    }
    TopicNames.check(names, problems);
  }

  private static void checkGuarantee(Values values, Map<String, String> given, Problems problems) {
    boolean exact = values.get(GUARANTEE) == Guarantee.EXACTLY_ONCE;
    boolean hasId = given.containsKey(DELIVERY_ID.key());
    if (exact && !hasId) {
      problems.error(
          "deliveryId is missing: guarantee = exactly-once needs a name for this sink that no other"
              + " sink of the cluster has and that stays the same over restarts.");
    }
    if (!exact && hasId) {
      problems.error("deliveryId is for guarantee = exactly-once only.");
    }
  }

  private static String servers(String text) {
    List<String> servers =
        Stream.of(text.split(",")).map(String::strip).filter(server -> !server.isEmpty()).toList();
    for (String server : servers) {
      if (!SERVER.matcher(server).matches()) {
        throw new IllegalArgumentException("\"%s\" is not host:port".formatted(server));
      }
    }
    return String.join(",", servers);
  }

  private static String deliveryId(String text) {
    if (!text.matches("[A-Za-z0-9._-]{1,200}")) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
