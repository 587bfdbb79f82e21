package io.sluice.it;

/**
 * How many brokers there are on how many nodes. A node is a loopback address of its own, {@code
 * 127.0.0.1} and on; brokers are dealt out to the nodes in turn.
 */
public record ClusterShape(int brokers, int nodes) {
  /** More would only be slow on one machine. */
  private static final int MOST = 9;

  private static final int MOST_CONTROLLERS = 3;

  /**
   * @throws IllegalArgumentException whose message is for the user
   */
  public ClusterShape {
    requireBetween("--brokers", brokers, MOST, "");
    requireBetween("--nodes", nodes, brokers, ", because each node has a broker");
  }

  private static void requireBetween(String option, int value, int most, String reason) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(
          "%s = %d is not a whole number from 1 to %d%s".formatted(option, value, most, reason));
    }
  }

  /** The node of the broker, both numbered from 1. */
  public int node(int broker) {
    return (broker - 1) % nodes + 1;
  }

  String address(int broker) {
    return "127.0.0." + node(broker);
  }

  /** How many brokers with a lower number are on the same node. */
  int place(int broker) {
    return (broker - 1) / nodes;
  }

  /** Three controllers outlive one of them; two would not, so below three brokers there is one. */
  int controllers() {
    return brokers < MOST_CONTROLLERS ? 1 : MOST_CONTROLLERS;
  }

  public boolean isController(int broker) {
    return broker <= controllers();
  }

  int replicas() {
    return Math.min(3, brokers);
  }

  int minInsyncReplicas() {
    return replicas() == 3 ? 2 : 1;
  }
}
