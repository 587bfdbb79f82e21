package io.sluice.cluster;

import io.sluice.it.KafkaBroker;
import io.sluice.it.KafkaCluster;
import java.util.List;
import org.awaitility.core.ConditionTimeoutException;

/** Starts and breaks a cluster of brokers that outlives each command. */
public final class ClusterCommand {
  private final ClusterFolder folder = new ClusterFolder();

  private ClusterCommand() {}

  /** See {@code bin/cluster --help}. */
  public static void main(String[] arguments) throws InterruptedException {
    try {
      new ClusterCommand().run(ClusterOptions.parse(arguments));
    } catch (IllegalArgumentException e) {
      fail(2, e);
    } catch (IllegalStateException | ConditionTimeoutException e) {
      fail(1, e);
    }
  }

  private static void fail(int status, RuntimeException e) {
    System.err.println("cluster: " + e.getMessage());
    System.exit(status);
  }

  private void run(ClusterOptions options) throws InterruptedException {
    switch (options.command()) {
      case "start" -> {
        if (options.broker().isPresent()) {
          startAgain(dead(options));
        } else {
          start(options);
        }
      }
      case "status" -> System.out.print(new ClusterStatus(present()).read());
      case "stop" -> stop();
      case "kill" -> running(options).process().kill();
      case "pause" -> running(options).process().pause();
      default -> running(options).process().resume();
    }
  }

  private void start(ClusterOptions options) throws InterruptedException {
    if (folder.find().isPresent()) {
      throw new IllegalStateException(
          "there is a cluster already: bin/cluster status, or bin/cluster stop");
    }
    KafkaCluster cluster = folder.create(options.shape(), options.port());
    List<String> taken = cluster.takenAddresses();
    if (!taken.isEmpty()) {
      folder.remove();
      throw new IllegalStateException(
          "nobody can listen on %s: something else does, or this system has no such address. Another --port may be free."
              .formatted(String.join(", ", taken)));
    }
    cluster.start();
    cluster.numbers().forEach(number -> cluster.broker(number).process().leaveRunning());
    System.out.print(new ClusterStatus(cluster).read());
  }

  private static void startAgain(KafkaBroker broker) {
    broker.start().process().leaveRunning();
  }

  private void stop() {
    present().close();
    folder.remove();
  }

  private KafkaCluster present() {
    return folder
        .find()
        .orElseThrow(
            () -> new IllegalStateException("there is no cluster: bin/cluster start --brokers 3"));
  }

  private KafkaBroker running(ClusterOptions options) {
    KafkaBroker broker = broker(options);
    if (!broker.isRunning()) {
      throw new IllegalStateException(
          "broker %d is dead: bin/cluster start %1$d".formatted(options.broker().getAsInt()));
    }
    return broker;
  }

  private KafkaBroker dead(ClusterOptions options) {
    KafkaBroker broker = broker(options);
    if (broker.isRunning()) {
      throw new IllegalStateException(
          "broker %d runs; a paused one goes on with bin/cluster resume %1$d"
              .formatted(options.broker().getAsInt()));
    }
    return broker;
  }

  private KafkaBroker broker(ClusterOptions options) {
    KafkaCluster cluster = present();
    int number = options.broker().getAsInt();
    if (!cluster.numbers().contains(number)) {
      throw new IllegalArgumentException(
          "there is no broker %d, but 1 to %d".formatted(number, cluster.shape().brokers()));
    }
    return cluster.broker(number);
  }
}
