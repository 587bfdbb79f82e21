package io.sluice.sink.kafka;

import io.sluice.event.kafka.RecordSize;
import io.sluice.sink.DeliveryException;
import io.sluice.sink.SinkConfig;
import java.util.HashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How large a record each of the sink's topics takes, as far as brokers tell: {@code
 * max.message.bytes} when the sink connected.
 *
 * <p>A broker that finds a batch too large leaves it to the client to split it. But client 4.3.1
 * splits a batch of one record beyond the limit and a tiny one into the very same batch, again and
 * again, until its thread dies of it and nothing is answered any more. So records that are known to
 * be too large are not given to it, and those of which only the broker can tell are given to it one
 * by one: large ones for a topic of unknown limit, and ones that might fit when they are
 * compressed.
 */
final class TopicLimits {
  private static final Logger LOG = LoggerFactory.getLogger(TopicLimits.class);
  private static final String MAX_BYTES = "max.message.bytes";

  /** Nobody sets a limit so small, and few lines are so long. */
  private static final int SMALL_BYTES = 16 << 10;

  private final Map<String, Long> limits = new HashMap<>();
  private final Set<String> missing = new TreeSet<>();
  private final boolean compressed;
  private final long noNeedToLook;

  private TopicLimits(Admin admin, String sink, List<String> topics, boolean compressed)
      throws ExecutionException, InterruptedException {
    this.compressed = compressed;
    read(admin, sink, topics);
    this.noNeedToLook = range().getMin() / 2;
  }

  static TopicLimits read(SinkConfig config) throws DeliveryException, InterruptedException {
    List<String> topics =
        Stream.of(
                config.topics().raw(),
                config.topics().valid(),
                config.topics().invalid(),
                config.topics().plain())
            .filter(Objects::nonNull)
            .filter(topic -> topic.indexOf('%') < 0)
            .distinct()
            .toList();
    return AdminCall.run(
        config,
        "no broker answers",
        admin -> new TopicLimits(admin, config.name(), topics, compresses(config)));
  }

  private void read(Admin admin, String sink, List<String> topics)
      throws ExecutionException, InterruptedException {
    List<ConfigResource> resources =
        topics.stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    for (Map.Entry<ConfigResource, KafkaFuture<Config>> answer :
        admin.describeConfigs(resources).values().entrySet()) {
      try {
        String limit = answer.getValue().get().get(MAX_BYTES).value();
        limits.put(answer.getKey().name(), Long.valueOf(limit));
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TimeoutException
            || e.getCause() instanceof AuthenticationException) {
          throw e;
        }
        if (e.getCause() instanceof UnknownTopicOrPartitionException) {
          missing.add(answer.getKey().name());
        } else {
          LOG.info(
              "sink '{}': the limit of topic '{}' is not known ({}): records of more than {} bytes"
                  + " are sent one by one",
              sink,
              answer.getKey().name(),
              String.valueOf(e.getCause()),
              SMALL_BYTES);
        }
      }
    }
    if (!missing.isEmpty()) {
      LOG.warn(
          "sink '{}': the brokers have no topic {} yet; nothing is delivered until they are"
              + " created",
          sink,
          String.join(", ", missing));
    }
  }

  /** Topics that did not exist when the sink connected. */
  Set<String> missing() {
    return missing;
  }

  /** The smallest and the largest of all limits that are known. */
  LongSummaryStatistics range() {
    return limits.values().stream().mapToLong(Long::longValue).summaryStatistics();
  }

  static boolean compresses(SinkConfig config) {
    return !ClientProperties.compression(config).equals("none");
  }

  /** Why the topic will not take this record; null if it may. */
  @Nullable String objection(ProducerRecord<byte[], byte[]> record) {
    if (RecordSize.value(record) < noNeedToLook || compressed) {
      return null;
    }
    Long limit = limits.get(record.topic());
    if (limit == null) {
      return null;
    }
    int size = sizeOf(record);
    return size <= limit
        ? null
        : "the record has %d bytes, the topic takes %d".formatted(size, limit);
  }

  /** Whether the topic may refuse this record for its size, and only the broker can tell. */
  boolean isDoubtful(ProducerRecord<byte[], byte[]> record) {
    if (RecordSize.value(record) < Math.min(noNeedToLook, SMALL_BYTES / 2)) {
      return false;
    }
    Long limit = limits.get(record.topic());
    return sizeOf(record) > (limit == null ? SMALL_BYTES : limit);
  }

  /** As a batch of its own. */
  private static int sizeOf(ProducerRecord<byte[], byte[]> record) {
    return RecordSize.alone(record.key(), record.value(), record.headers());
  }
}
