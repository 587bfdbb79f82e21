package io.sluice.it;

import static io.sluice.suite.Patience.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitionReassignment;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.ElectionType;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.TopicPartitionInfo;

/** Who leads what in a cluster of topics with one partition, and how to hand it to another. */
final class Leaders implements AutoCloseable {
  /** Its only partition's leader is the coordinator of all transactions. */
  static final String TRANSACTIONS = "__transaction_state";

  private final Admin admin;

  Leaders(String bootstrapServers) {
    admin = Admin.create(Map.of("bootstrap.servers", bootstrapServers));
  }

  /** The broker that is the active controller. */
  int controller() {
    return get(admin.describeMetadataQuorum().quorumInfo()).leaderId();
  }

  /** Makes {@code broker} the leader of each of these topics. */
  void hand(Collection<String> topics, int broker) {
    Map<TopicPartition, Optional<NewPartitionReassignment>> orders = new HashMap<>();
    describe(topics)
        .forEach(
            (topic, description) -> {
              List<Integer> replicas = new ArrayList<>(List.of(broker));
              description.partitions().get(0).replicas().stream()
                  .map(node -> node.id())
                  .filter(id -> id != broker)
                  .forEach(replicas::add);
              orders.put(
                  new TopicPartition(topic, 0),
                  Optional.of(new NewPartitionReassignment(replicas)));
            });
    get(admin.alterPartitionReassignments(orders).all());
    await("broker %d leads %s".formatted(broker, topics))
        .pollInterval(Duration.ofMillis(200))
        .until(() -> elect(orders.keySet()) && isLedBy(topics, broker));
  }

  private boolean elect(Set<TopicPartition> partitions) {
    get(admin.electLeaders(ElectionType.PREFERRED, partitions).partitions());
    return true;
  }

  private boolean isLedBy(Collection<String> topics, int broker) {
    return describe(topics).values().stream()
        .map(topic -> topic.partitions().get(0).leader())
        .allMatch(leader -> leader != null && leader.id() == broker);
  }

  /** Waits until every replica of these topics is in sync. */
  void awaitInSync(Collection<String> topics) {
    await("all replicas are in sync")
        .pollInterval(Duration.ofMillis(200))
        .ignoreException(IllegalStateException.class) // the cluster may still be in trouble
        .until(
            () ->
                describe(topics).values().stream()
                    .map(topic -> topic.partitions().get(0))
                    .allMatch(Leaders::isInSync));
  }

  private static boolean isInSync(TopicPartitionInfo partition) {
    return partition.isr().size() == partition.replicas().size();
  }

  private Map<String, TopicDescription> describe(Collection<String> topics) {
    return get(admin.describeTopics(topics).allTopicNames());
  }

  @Override
  public void close() {
    admin.close();
  }

  private static <T> T get(KafkaFuture<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException("the cluster does not answer", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
