package io.sluice.cli.check;

import io.sluice.cli.check.ClusterNeeds.Cleanup;
import io.sluice.kafkaclient.cluster.Cluster;
import io.sluice.kafkaclient.cluster.ClusterException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/**
 * Asks the brokers that the configuration names, as whom it names. Writes nothing, and fences no
 * running agent.
 */
final class ClusterCheck {
  private final Findings findings;

  ClusterCheck(Findings findings) {
    this.findings = findings;
  }

  void check(Agent agent, Plans plans) {
    for (Kind kind : List.of(Kind.SOURCE, Kind.SINK)) {
      for (Component component : agent.all(kind)) {
        ClusterNeeds.of(component, plans).ifPresent(needs -> check(component, needs));
      }
    }
  }

  private void check(Component component, ClusterNeeds needs) {
    try (var cluster = new Cluster(needs.properties())) {
      for (ClusterNeeds.Topic topic : needs.topics()) {
        check(component, topic, cluster);
      }
      if (!needs.transactionalId().isEmpty()) {
        checkTransactions(component, needs.transactionalId(), cluster);
      }
    } catch (ClusterException e) {
      findings.error(component, ClusterNeeds.SERVERS, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      findings.error(component, ClusterNeeds.SERVERS, "interrupted while asking the brokers.");
    }
  }

  private void check(Component component, ClusterNeeds.Topic topic, Cluster cluster)
      throws ClusterException, InterruptedException {
    TopicDescription description;
    try {
      description =
          cluster
              .admin()
              .describeTopics(
                  List.of(topic.name()),
                  new DescribeTopicsOptions().includeAuthorizedOperations(true))
              .topicNameValues()
              .values()
              .iterator()
              .next()
              .get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        if (!topic.isCreated()) {
          findings.error(
              component, topic.key(), "there is no topic '%s'; create it.".formatted(topic.name()));
        }
        return;
      }
      if (e.getCause() instanceof TopicAuthorizationException) {
        findings.error(
            component,
            topic.key(),
            "this client may not even look at topic '%s'.".formatted(topic.name()));
        return;
      }
      throw cluster.unreachable(e);
    }
    Set<AclOperation> allowed = description.authorizedOperations();
    for (AclOperation operation : topic.operations()) {
      if (allowed != null && !allowed.contains(operation)) {
        findings.error(
            component,
            topic.key(),
            "this client has no right %s on topic '%s'.".formatted(operation, topic.name()));
      }
    }
    if (topic.cleanup() != Cleanup.ANY) {
      checkCleanup(component, topic, cluster);
    }
  }

  private void checkCleanup(Component component, ClusterNeeds.Topic topic, Cluster cluster)
      throws ClusterException, InterruptedException {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic.name());
    try {
      String policy =
          cluster
              .admin()
              .describeConfigs(List.of(resource))
              .values()
              .values()
              .iterator()
              .next()
              .get()
              .get("cleanup.policy")
              .value();
      if (topic.cleanup() == Cleanup.NOT_COMPACT) {
        if (policy.contains("compact")) {
          findings.error(
              component,
              topic.key(),
              "topic '%s' has cleanup.policy=%s; it refuses records without a key, and keeps one record of each. Lines have no key unless an interceptor sets the header key."
                  .formatted(topic.name(), policy));
        }
      } else if (!policy.equals("compact")) {
        findings.error(
            component,
            topic.key(),
            "topic '%s' has cleanup.policy=%s; with anything but compact the positions are deleted one day."
                .formatted(topic.name(), policy));
      }
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicAuthorizationException)) {
        throw cluster.unreachable(e);
      }
      if (topic.cleanup() == Cleanup.NOT_COMPACT) {
        return; // few are, and not to be allowed to see it is nothing to warn of
      }
      findings.warn(
          component,
          topic.key(),
          "whether topic '%s' is compacted cannot be seen: this client has no right DESCRIBE_CONFIGS."
              .formatted(topic.name()));
    }
  }

  /** Describe is all that can be asked without fencing whoever uses the id now. */
  private void checkTransactions(Component component, String id, Cluster cluster)
      throws ClusterException, InterruptedException {
    try {
      cluster.admin().describeTransactions(List.of(id)).description(id).get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof TransactionalIdAuthorizationException) {
        findings.error(
            component,
            "deliveryId",
            "this client may not use the transactional.id \"%s\"; give it Write and Describe on that."
                .formatted(id));
      } else if (!(e.getCause() instanceof TransactionalIdNotFoundException)) {
        throw cluster.unreachable(e);
      }
    }
  }
}
