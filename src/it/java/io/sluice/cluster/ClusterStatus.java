package io.sluice.cluster;

import io.sluice.it.JavaProcess;
import io.sluice.it.KafkaBroker;
import io.sluice.it.KafkaCluster;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;

/** How the brokers are, as processes and as the cluster sees it. */
final class ClusterStatus {
  private static final String PATIENCE_MILLIS = "5000";

  private final KafkaCluster cluster;
  private final Map<Integer, Long> leads = new HashMap<>();
  private int activeController;
  private boolean answered;

  ClusterStatus(KafkaCluster cluster) {
    this.cluster = cluster;
  }

  /** A table, a line for each broker, and what clients need. */
  String read() throws InterruptedException {
    ask();
    var text = new StringBuilder("broker  node  address          process  state    leads\n");
    for (int number : cluster.numbers()) {
      KafkaBroker broker = cluster.broker(number);
      text.append(
          "%-7d %-5d %-16s %-8s %-8s %-5s %s%n"
              .formatted(
                  number,
                  cluster.shape().node(number),
                  broker.bootstrapServers(),
                  broker.isRunning() ? broker.process().pid() : "-",
                  state(broker),
                  answered ? leads.getOrDefault(number, 0L) : "?",
                  role(number)));
    }
    if (!answered) {
      text.append("The cluster does not answer: too few brokers run, or none leads it.\n");
    }
    return text.append("bootstrap.servers = ")
        .append(cluster.bootstrapServers())
        .append('\n')
        .toString()
        .replaceAll(" +\n", "\n");
  }

  private String role(int number) {
    if (!cluster.shape().isController(number)) {
      return "";
    }
    return number == activeController ? "controller, active" : "controller";
  }

  private static String state(KafkaBroker broker) {
    JavaProcess process = broker.process();
    if (!broker.isRunning()) {
      return "dead";
    }
    return process.isPaused() ? "paused" : "running";
  }

  private void ask() throws InterruptedException {
    String running =
        cluster.numbers().stream()
            .map(cluster::broker)
            .filter(broker -> state(broker).equals("running"))
            .map(KafkaBroker::bootstrapServers)
            .collect(Collectors.joining(","));
    if (running.isEmpty()) {
      return;
    }
    Map<String, Object> properties =
        Map.of(
            "bootstrap.servers",
            running,
            "request.timeout.ms",
            PATIENCE_MILLIS,
            "default.api.timeout.ms",
            PATIENCE_MILLIS);
    try (Admin admin = Admin.create(properties)) {
      activeController = admin.describeMetadataQuorum().quorumInfo().get().leaderId();
      var names = admin.listTopics(new ListTopicsOptions().listInternal(true)).names().get();
      for (TopicDescription topic : admin.describeTopics(names).allTopicNames().get().values()) {
        topic.partitions().forEach(this::count);
      }
      answered = true;
    } catch (ExecutionException e) {
      answered = false; // Said in the table: this is what somebody breaks a cluster for.
    }
  }

  private void count(TopicPartitionInfo partition) {
    if (partition.leader() != null) {
      leads.merge(partition.leader().id(), 1L, Long::sum);
    }
  }
}
