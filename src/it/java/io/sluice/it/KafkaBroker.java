package io.sluice.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A real broker, its own controller too, on the loopback interface. It keeps its ports and its data
 * from one start to the next.
 */
public final class KafkaBroker implements AutoCloseable {
  private final Path folder;
  private final int port = FreePort.find();
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final List<String> jvmOptions =
      new ArrayList<>(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
  private JavaProcess process;
  private int starts;

  /**
   * @param folder an empty folder for the broker's data and logs
   */
  public KafkaBroker(Path folder) {
    this.folder = folder.toAbsolutePath();
    int controller = FreePort.find();
    properties.put("process.roles", "broker,controller");
    properties.put("node.id", "1");
    properties.put("controller.quorum.voters", "1@127.0.0.1:" + controller);
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("inter.broker.listener.name", "DIRECT");
    properties.put(
        "listener.security.protocol.map",
        "CONTROLLER:PLAINTEXT,DIRECT:PLAINTEXT,PROXIED:PLAINTEXT");
    properties.put(
        "listeners", "DIRECT://127.0.0.1:%d,CONTROLLER://127.0.0.1:%d".formatted(port, controller));
    properties.put("log.dirs", this.folder.resolve("data").toString());
    properties.put("num.partitions", "1");
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    // After a kill a broker may not serve before its old session has ended.
    properties.put("broker.session.timeout.ms", "2000");
    properties.put("broker.heartbeat.interval.ms", "500");
  }

  /**
   * Another broker of {@code first}'s cluster; {@code first} stays the only controller.
   *
   * @param node a number that no other broker of the cluster has
   */
  public static KafkaBroker joining(KafkaBroker first, int node, Path folder) {
    var broker = new KafkaBroker(folder);
    broker.properties.putAll(first.properties);
    return broker
        .with("process.roles", "broker")
        .with("node.id", Integer.toString(node))
        .with("listeners", "DIRECT://127.0.0.1:" + broker.port)
        .with("log.dirs", broker.folder.resolve("data").toString());
  }

  /** A broker property, from the next start on. */
  public KafkaBroker with(String key, String value) {
    properties.put(key, value);
    return this;
  }

  /** A second listener that tells its clients to come back through {@code proxyPort}. */
  public KafkaBroker behindProxy(int listenPort, int proxyPort) {
    properties.merge("listeners", "PROXIED://127.0.0.1:" + listenPort, (a, b) -> a + "," + b);
    return with(
        "advertised.listeners",
        "DIRECT://127.0.0.1:%d,PROXIED://127.0.0.1:%d".formatted(port, proxyPort));
  }

  /**
   * One more listener.
   *
   * @param protocol such as {@code SASL_SSL}; its settings are {@code listener.name.<name>.*}
   */
  KafkaBroker listener(String name, String protocol) {
    String address = "%s://127.0.0.1:%d".formatted(name, FreePort.find());
    properties.merge("listeners", address, (a, b) -> a + "," + b);
    String security = name + ":" + protocol;
    properties.merge("listener.security.protocol.map", security, (a, b) -> a + "," + b);
    return this;
  }

  /** Where that listener is. */
  String bootstrapServers(String listener) {
    for (String address : properties.get("listeners").split(",")) {
      if (address.startsWith(listener + "://")) {
        return address.substring(listener.length() + "://".length());
      }
    }
    throw new IllegalArgumentException("no listener " + listener);
  }

  /** Beside the other options of the broker's JVM. */
  KafkaBroker option(String option) {
    jvmOptions.add(option);
    return this;
  }

  public KafkaBroker jvm(String... options) {
    jvmOptions.clear();
    jvmOptions.addAll(List.of(options));
    return this;
  }

  /** Starts or starts again, and returns when the broker serves. */
  public KafkaBroker start() {
    if (starts++ == 0) {
      writeProperties();
      run("format.log", "kafka.tools.StorageTool", "format", "-t", "c2x1aWNlLXRlc3RzLWs", "-c");
      await("the broker's storage is formatted")
          .atMost(Duration.ofMinutes(1))
          .until(() -> !process.isAlive());
      if (!Files.exists(folder.resolve("data/meta.properties"))) {
        throw new IllegalStateException("formatting failed: " + process.output());
      }
    }
    writeProperties();
    run("broker-" + starts + ".log", "kafka.Kafka");
    await("the broker serves on port " + port)
        .atMost(Duration.ofMinutes(1))
        .pollInterval(Duration.ofMillis(50))
        .until(() -> isUp());
    return this;
  }

  /** Starts, unless the broker serves already. */
  KafkaBroker ensureStarted() {
    return process != null && process.isAlive() ? this : start();
  }

  public String bootstrapServers() {
    return "127.0.0.1:" + port;
  }

  /** The broker's process of the latest start. */
  public JavaProcess process() {
    return process;
  }

  /** SIGTERM: the broker leaves in an orderly way. */
  public void stop() {
    process.terminate(Duration.ofSeconds(30));
  }

  @Override
  public void close() {
    if (process != null) {
      process.kill();
    }
  }

  private boolean isUp() {
    String output = process.output();
    if (!process.isAlive()) {
      throw new IllegalStateException("the broker is gone: " + output);
    }
    return output.contains("Kafka Server started");
  }

  private void run(String output, String mainClass, String... arguments) {
    var command = new ArrayList<>(jvmOptions);
    command.add("-Dlog4j2.configurationFile=" + Path.of("src/it/homes/kafka-log4j2.xml").toUri());
    command.addAll(List.of("-cp", Homes.kafka().resolve("libs") + "/*", mainClass));
    command.addAll(List.of(arguments));
    command.add(folder.resolve("server.properties").toString());
    process = JavaProcess.start(folder, folder.resolve(output), command);
  }

  private void writeProperties() {
    var lines = new ArrayList<String>();
    properties.forEach((key, value) -> lines.add(key + "=" + value));
    try {
      Files.createDirectories(folder);
      Files.write(folder.resolve("server.properties"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
