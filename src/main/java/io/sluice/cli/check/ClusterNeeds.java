package io.sluice.cli.check;

import io.sluice.kafkaclient.cluster.Cluster;
import io.sluice.sink.SinkConfig;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclOperation;
import org.jspecify.annotations.Nullable;

/**
 * What one component needs of a cluster. Immutable.
 *
 * @param properties to reach the brokers
 * @param transactionalId empty if it uses no transactions
 */
record ClusterNeeds(Map<String, Object> properties, List<Topic> topics, String transactionalId) {
  static final String SERVERS = "kafka.bootstrap.servers";

  private static final String KAFKA_SOURCE = "org.apache.flume.source.kafka.KafkaSource";
  private static final String KAFKA_SINK = "org.apache.flume.sink.kafka.KafkaSink";

  /**
   * One topic.
   *
   * @param key where the configuration names it
   * @param isCreated whether the component creates it if it is missing
   * @param cleanup what its cleanup.policy has to be
   */
  record Topic(
      String key, String name, Set<AclOperation> operations, boolean isCreated, Cleanup cleanup) {}

  /** Compaction keeps the last record of each key, and refuses records without one. */
  enum Cleanup {
    COMPACT,
    NOT_COMPACT,
    ANY
  }

  /** Empty if the component does not speak to Kafka, or if what Flume fills in is needed for it. */
  static Optional<ClusterNeeds> of(Component component, Plans plans) {
    boolean unknown =
        component.entries().keySet().stream()
            .filter(key -> key.startsWith("kafka."))
            .anyMatch(component::isPlaceholder);
    Optional<SinkConfig> ours = plans.sink(component).filter(sink -> !sink.servers().isEmpty());
    if (!unknown && ours.isPresent()) {
      return Optional.of(ofSink(ours.get()));
    }
    if (unknown || component.find(SERVERS).isEmpty()) {
      return Optional.empty();
    }
    return switch (component.type()) {
      case KAFKA_SOURCE ->
          Optional.of(
              of(component, "kafka.consumer.", "kafka.topics", AclOperation.READ, List.of()));
      case KAFKA_SINK ->
          Optional.of(
              of(
                  component,
                  "kafka.producer.",
                  "kafka.topic",
                  AclOperation.WRITE,
                  List.of("default-flume-topic")));
      default -> Optional.empty();
    };
  }

  private static ClusterNeeds ofSink(SinkConfig config) {
    var topics = new ArrayList<Topic>();
    add(topics, "topics.raw", config.topics().raw());
    add(topics, "topics.valid", config.topics().valid());
    add(topics, "topics.invalid", config.topics().invalid());
    add(topics, "kafka.topic", config.topics().plain());
    if (config.isExactlyOnce()) {
      topics.add(
          new Topic(
              "positionsTopic",
              config.positionsTopic().name(),
              Set.of(AclOperation.READ, AclOperation.WRITE),
              true,
              Cleanup.COMPACT));
    }
    return new ClusterNeeds(
        Cluster.sharedProperties(config.producer(), config.servers()),
        List.copyOf(topics),
        config.isExactlyOnce() ? "sluice-" + config.deliveryId() : "");
  }

  private static void add(List<Topic> topics, String key, @Nullable String name) {
    if (name != null && !name.contains("%")) { // Others depend on the event.
      topics.add(new Topic(key, name, Set.of(AclOperation.WRITE), false, Cleanup.NOT_COMPACT));
    }
  }

  private static ClusterNeeds of(
      Component component,
      String prefix,
      String key,
      AclOperation operation,
      List<String> defaultTopics) {
    Map<String, String> client = new HashMap<>();
    component.under(prefix).forEach((name, entry) -> client.put(name, entry.value().strip()));
    List<String> names =
        component
            .find(key)
            .map(text -> Stream.of(text.split("[\\s,]+")).toList())
            .orElse(defaultTopics);
    List<Topic> topics =
        names.stream()
            .filter(name -> !name.contains("%"))
            .map(name -> new Topic(key, name, Set.of(operation), false, Cleanup.ANY))
            .toList();
    return new ClusterNeeds(
        Cluster.sharedProperties(client, component.find(SERVERS).orElse("")), topics, "");
  }
}
