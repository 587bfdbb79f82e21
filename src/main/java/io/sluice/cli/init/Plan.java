package io.sluice.cli.init;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What goes into the configuration.
 *
 * @param agent the agent's name
 * @param paths globs
 * @param proposal empty if no field holds numbers
 * @param proposed whether the range is a guess of ours
 * @param servers of Kafka
 * @param exactlyOnce or else at least once
 * @param heapBytes of the agent
 */
public record Plan(
    String agent,
    List<String> paths,
    Optional<Proposal> proposal,
    boolean proposed,
    LogSample sample,
    String servers,
    boolean exactlyOnce,
    String deliveryId,
    String topicPrefix,
    long heapBytes) {
  /** Objects around a line in a channel; as {@code check} reckons. */
  private static final int OVERHEAD_BYTES = 200;

  private static final int LARGEST_CHANNEL = 100_000;
  private static final int LARGEST_BATCH = 1_000;

  /** A name that no other agent has: this host's and the folder's. */
  public static String deliveryId(String glob) {
    String host;
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      host = "host";
    }
    String place = glob.substring(0, Math.max(0, glob.lastIndexOf('/')));
    String id = (host + place).replaceAll("[^A-Za-z0-9._]+", "-").toLowerCase(Locale.ROOT);
    return id.length() > 80 ? id.substring(0, 80) : id;
  }

  /** So many lines that the channel takes a quarter of the heap at most. */
  int capacity() {
    long most = heapBytes / 4 / (OVERHEAD_BYTES + sample.lineBytes());
    long rounded = most < 10_000 ? most / 100 * 100 : most / 10_000 * 10_000;
    return (int) Math.max(100, Math.min(LARGEST_CHANNEL, rounded));
  }

  int batchSize() {
    return Math.min(LARGEST_BATCH, capacity() / 10);
  }

  public List<String> topics() {
    return List.of(
        topicPrefix + "raw-messages",
        topicPrefix + "valid-messages",
        topicPrefix + "invalid-messages");
  }
}
