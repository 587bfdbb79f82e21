package io.sluice.it;

import static io.sluice.suite.Patience.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** The topics of one broker, seen from outside of Sluice. */
public final class Topics implements AutoCloseable {
  private final String bootstrapServers;
  private final Admin admin;

  public Topics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
    this.admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** Creates topics of one partition. */
  public Topics create(String... names) {
    for (String name : names) {
      create(name, 1, Map.of());
    }
    return this;
  }

  public Topics create(String name, int partitions, Map<String, String> config) {
    return create(new NewTopic(name, partitions, (short) 1).configs(config));
  }

  public Topics create(NewTopic topic) {
    get("create topic " + topic.name(), admin.createTopics(Set.of(topic)).all());
    return this;
  }

  /** Changes one setting of a topic. */
  void set(String topic, String key, String value) {
    var change = new AlterConfigOp(new ConfigEntry(key, value), AlterConfigOp.OpType.SET);
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    get("set " + key, admin.incrementalAlterConfigs(Map.of(resource, List.of(change))).all());
  }

  public void delete(Collection<String> names) {
    get("delete topics " + names, admin.deleteTopics(names).all());
  }

  /**
   * Puts a group back to where one begins whose offsets have expired. Such a group has no members,
   * so Kafka knows no group that could be deleted.
   */
  void rewindGroup(String group, String topic, int partitions) {
    Map<TopicPartition, OffsetAndMetadata> beginning = new HashMap<>();
    for (int i = 0; i < partitions; i++) {
      beginning.put(new TopicPartition(topic, i), new OffsetAndMetadata(0));
    }
    get("rewind group " + group, admin.alterConsumerGroupOffsets(group, beginning).all());
  }

  public TopicReader reader(String topic) {
    return new TopicReader(bootstrapServers, topic);
  }

  /** All committed records, partition by partition. */
  public List<ConsumerRecord<byte[], byte[]>> records(String topic) {
    var records = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    try (TopicReader reader = reader(topic)) {
      reader.readToEnd(records::add);
    }
    return records;
  }

  /** The values of all committed records. */
  public List<byte[]> values(String topic) {
    return records(topic).stream().map(ConsumerRecord::value).toList();
  }

  /** Waits until the topic has at least {@code count} committed records. */
  public void awaitCount(String topic, long count) {
    try (TopicReader reader = reader(topic)) {
      await(topic + " has " + count + " records")
          .until(() -> reader.readToEnd(next -> {}) >= count);
    }
  }

  /** Waits until the topic has {@code more} committed records more than now. */
  void awaitMore(String topic, long more) {
    try (TopicReader reader = reader(topic)) {
      long before = reader.readToEnd(next -> {});
      await(topic + " has " + more + " records more")
          .pollInterval(Duration.ofMillis(20))
          .until(() -> reader.readToEnd(next -> {}) >= before + more);
    }
  }

  /** Waits until nothing was added to the topic for {@code quiet}. */
  void awaitQuiet(String topic, Duration quiet, Duration limit) {
    try (TopicReader reader = reader(topic)) {
      long[] before = {reader.readToEnd(next -> {})};
      await(topic + " grows no more")
          .atMost(limit)
          .pollDelay(quiet)
          .pollInterval(quiet)
          .until(() -> before[0] == (before[0] = reader.readToEnd(next -> {})));
    }
  }

  @Override
  public void close() {
    admin.close();
  }

  private static <T> T get(String what, KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("cannot " + what, e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
