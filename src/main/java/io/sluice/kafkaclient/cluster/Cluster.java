package io.sluice.kafkaclient.cluster;

import io.sluice.kafkaclient.ProtocolProbe;
import io.sluice.kafkaclient.SharedSettings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Looks a cluster over before a program starts on it, so that what is wrong is said in one sentence
 * and at once, instead of in a client's log for minutes.
 *
 * <p>Not thread-safe. Waits for ten seconds at most for each answer.
 */
public final class Cluster implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final String servers;
  private final Map<String, Object> properties;
  private final ProtocolProbe probe;
  private final Admin admin;

  /**
   * @param clientProperties must hold {@code bootstrap.servers}
   * @throws ClusterException if they make no client, such as for a host that does not exist
   */
  public Cluster(Map<String, Object> clientProperties) throws ClusterException {
    servers = String.valueOf(clientProperties.get("bootstrap.servers"));
    properties = new HashMap<>(clientProperties);
    properties.put("request.timeout.ms", String.valueOf(LIMIT.toMillis()));
    properties.put("default.api.timeout.ms", String.valueOf(LIMIT.toMillis()));
    probe = new ProtocolProbe(properties);
    Optional<String> objection = probe.beforeConnecting();
    if (objection.isPresent()) {
      throw new ClusterException(objection.get() + ".");
    }
    try {
      admin = Admin.create(properties);
    } catch (KafkaException e) {
      throw new ClusterException("no Kafka client can be made: " + rootMessage(e), e);
    }
  }

  /** Of a producer's or a consumer's properties, what any client needs to reach the brokers. */
  public static Map<String, Object> sharedProperties(Map<String, String> given, String servers) {
    Map<String, Object> shared = new HashMap<>();
    given.forEach(
        (key, value) -> {
          if (SharedSettings.include(key)) {
            shared.put(key, value);
          }
        });
    shared.put("bootstrap.servers", servers);
    return shared;
  }

  /** For what only some programs ask. */
  public Admin admin() {
    return admin;
  }

  /**
   * @throws ClusterException if no broker answers, or one of the topics is missing
   */
  public void requireTopics(Collection<String> names) throws ClusterException {
    var missing = new TreeSet<String>();
    var asked = admin.describeTopics(names).topicNameValues();
    for (Map.Entry<String, ? extends KafkaFuture<?>> topic : asked.entrySet()) {
      try {
        topic.getValue().get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof TopicAuthorizationException) {
          throw new ClusterException(
              "this client may not look at topic '%s'; give it the rights to read or write it."
                  .formatted(topic.getKey()),
              e);
        }
        if (!(e.getCause() instanceof UnknownTopicOrPartitionException)) {
          throw unreachable(e.getCause() == null ? e : e.getCause());
        }
        missing.add(topic.getKey());
      } catch (InterruptedException e) {
        throw interrupted(e);
      }
    }
    if (!missing.isEmpty()) {
      throw new ClusterException(
          "Kafka at %s has no topic %s. Create %s first; topics are not created by themselves, since their partitions and replicas are a decision."
              .formatted(
                  servers,
                  String.join(", ", quoted(missing)),
                  missing.size() == 1 ? "it" : "them"));
    }
  }

  /**
   * @param transactionalId an id like those that will be used; a producer with it is fenced
   * @throws ClusterException if a producer with that id may not, or cannot, use transactions
   */
  public void requireTransactions(String transactionalId) throws ClusterException {
    var producerProperties = new HashMap<>(properties);
    producerProperties.remove("default.api.timeout.ms");
    producerProperties.put("transactional.id", transactionalId);
    producerProperties.put("max.block.ms", String.valueOf(LIMIT.toMillis()));
    var serializer = new ByteArraySerializer();
    try (var producer = new KafkaProducer<>(producerProperties, serializer, serializer)) {
      producer.initTransactions();
    } catch (TransactionalIdAuthorizationException e) {
      throw new ClusterException(
          "transactions are not allowed: this client may not use the transactional.id \"%s\". Give it Write and Describe on the transactional ids that begin so, or do without exactly-once."
              .formatted(transactionalId),
          e);
    } catch (InterruptException e) {
      throw new ClusterException("interrupted", e);
    } catch (KafkaException e) {
      throw new ClusterException(
          "Kafka at %s gives no transactions: %s. A small cluster may lack the replicas that transaction.state.log.replication.factor asks for."
              .formatted(servers, rootMessage(e)),
          e);
    }
  }

  /** The exception for a call that failed for {@code cause}. */
  public ClusterException unreachable(Throwable cause) {
    Optional<String> objection = probe.afterFailure();
    if (objection.isPresent()) {
      return new ClusterException(objection.get() + ".", cause);
    }
    return new ClusterException(
        "Kafka at %s does not answer as it should: %s".formatted(servers, rootMessage(cause)),
        cause);
  }

  public static ClusterException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new ClusterException("interrupted", e);
  }

  @Override
  public void close() {
    admin.close(Duration.ofSeconds(1));
  }

  private static List<String> quoted(Collection<String> names) {
    var quoted = new ArrayList<String>();
    names.forEach(name -> quoted.add("'" + name + "'"));
    return quoted;
  }

  private static String rootMessage(Throwable error) {
    Throwable root = error;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getClass().getSimpleName() + ": " + root.getMessage();
  }
}
