package io.sluice.it;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Brokers of one cluster on this machine, numbered from 1. Up to three of them are controllers too.
 * Topics get three replicas, of which two have to be in sync, if there are three brokers.
 */
public final class KafkaCluster implements AutoCloseable {
  /** A controller's port is so much above its broker's. */
  private static final int CONTROLLER_OFFSET = 10_000;

  private final ClusterShape shape;
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<KafkaBroker> brokers = new ArrayList<>();

  /** Where a broker listens for clients, or {@code offset} higher for controllers. */
  private interface Endpoints {
    Endpoint of(int broker, int offset);
  }

  private KafkaCluster(Path folder, ClusterShape shape, Endpoints found) {
    this.shape = shape;
    var voters = new ArrayList<String>();
    for (int broker = 1; broker <= shape.brokers(); broker++) {
      Endpoint endpoint = found.of(broker, 0);
      endpoints.add(endpoint);
      var member = new KafkaBroker(folder.resolve("broker-" + broker), broker, endpoint);
      brokers.add(member);
      if (shape.isController(broker)) {
        Endpoint controller = found.of(broker, CONTROLLER_OFFSET);
        endpoints.add(controller);
        member.controlling(controller);
        voters.add(broker + "@" + controller);
      }
      member.with("broker.rack", "node-" + shape.node(broker));
    }
    with("controller.quorum.voters", String.join(",", voters));
    withReplicas(Integer.toString(shape.replicas()), Integer.toString(shape.minInsyncReplicas()));
  }

  private void withReplicas(String replicas, String inSync) {
    with("default.replication.factor", replicas).with("min.insync.replicas", inSync);
    with("offsets.topic.replication.factor", replicas);
    with("transaction.state.log.replication.factor", replicas);
    with("transaction.state.log.min.isr", inSync);
  }

  /** A cluster on ports that are free. */
  static KafkaCluster onFreePorts(Path folder, ClusterShape shape) {
    return new KafkaCluster(
        folder, shape, (broker, offset) -> Endpoint.free(shape.address(broker)));
  }

  /**
   * A cluster on {@code port} of each node, and the ports after it where a node has several
   * brokers. Brokers that another JVM has started in this folder belong to it.
   */
  public static KafkaCluster onPort(int port, Path folder, ClusterShape shape) {
    var cluster =
        new KafkaCluster(
            folder,
            shape,
            (broker, offset) ->
                new Endpoint(shape.address(broker), port + offset + shape.place(broker)));
    cluster.brokers.forEach(KafkaBroker::attach);
    return cluster;
  }

  /** A property of all brokers, from the next start on. */
  KafkaCluster with(String key, String value) {
    brokers.forEach(broker -> broker.with(key, value));
    return this;
  }

  public ClusterShape shape() {
    return shape;
  }

  /** The broker with this number. */
  public KafkaBroker broker(int number) {
    return brokers.get(number - 1);
  }

  /** All brokers' numbers. */
  public List<Integer> numbers() {
    return IntStream.rangeClosed(1, shape.brokers()).boxed().toList();
  }

  /** Starts all brokers at once: controllers wait for each other. */
  public KafkaCluster start() {
    brokers.forEach(KafkaBroker::format);
    brokers.forEach(KafkaBroker::awaitFormatted);
    brokers.forEach(KafkaBroker::launch);
    brokers.forEach(KafkaBroker::awaitUp);
    return this;
  }

  public String bootstrapServers() {
    return brokers.stream().map(KafkaBroker::bootstrapServers).collect(Collectors.joining(","));
  }

  /** Addresses that the cluster needs and somebody else has. */
  public List<String> takenAddresses() {
    return endpoints.stream().filter(each -> !each.isFree()).map(Endpoint::toString).toList();
  }

  @Override
  public void close() {
    brokers.forEach(KafkaBroker::close);
  }
}
