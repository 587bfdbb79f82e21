package io.sluice.cli;

import io.sluice.kafkaclient.cluster.Cluster;
import io.sluice.kafkaclient.cluster.ClusterException;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "topics",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Shows topics, and with --create makes those that are missing. A topic that is there stays as"
          + " it is.",
      ""
    })
final class TopicsCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ClientOptions client = new ClientOptions();

  @Option(names = "--create", description = "Make those that are missing.")
  private boolean create;

  @Option(
      names = "--partitions",
      paramLabel = "N",
      description = "For new topics; without it the broker's default.")
  private @Nullable Integer partitions;

  @Option(
      names = "--replication-factor",
      paramLabel = "N",
      description = "For new topics; without it the broker's default.")
  private @Nullable Short replicationFactor;

  @Parameters(
      paramLabel = "TOPIC",
      defaultValue = "raw-messages valid-messages invalid-messages",
      split = " ",
      description = "Without any: ${DEFAULT-VALUE}.")
  private List<String> names = List.of();

  @Override
  public Integer call() throws ClusterException {
    try (var cluster = new Cluster(client.properties())) {
      if (create) {
        create(cluster);
      }
      cluster.requireTopics(names);
      for (TopicDescription topic :
          cluster.admin().describeTopics(names).allTopicNames().get().values()) {
        show(topic);
      }
      return ExitCode.OK;
    } catch (ExecutionException e) {
      throw new ClusterException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      throw Cluster.interrupted(e);
    }
  }

  private void create(Cluster cluster) throws ClusterException, InterruptedException {
    var topics = new ArrayList<NewTopic>();
    for (String name : names) {
      topics.add(
          new NewTopic(
              name, Optional.ofNullable(partitions), Optional.ofNullable(replicationFactor)));
    }
    for (var created : cluster.admin().createTopics(topics).values().entrySet()) {
      try {
        created.getValue().get();
      } catch (ExecutionException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (!(cause instanceof TopicExistsException)) {
          throw new ClusterException(
              "topic '%s' cannot be made: %s".formatted(created.getKey(), cause.getMessage()),
              cause);
        }
      }
    }
  }

  private void show(TopicDescription topic) {
    int replicas =
        topic.partitions().stream().mapToInt(each -> each.replicas().size()).min().orElse(0);
    long behind =
        topic.partitions().stream()
            .filter(each -> each.isr().size() < each.replicas().size())
            .count();
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s partitions=%d replicas=%d under-replicated=%d%n",
        topic.name(), topic.partitions().size(), replicas, behind);
  }
}
