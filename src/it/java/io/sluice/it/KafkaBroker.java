package io.sluice.it;

import static io.sluice.suite.Patience.await;

import io.sluice.suite.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A real broker on the loopback interface: its own controller too, or one of a {@link
 * KafkaCluster}. It keeps its ports and its data from one start to the next.
 */
public final class KafkaBroker implements AutoCloseable {
  private final Path folder;
  private final Endpoint endpoint;
  private final Map<String, String> properties = new LinkedHashMap<>();
  private final List<String> jvmOptions =
      new ArrayList<>(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
  private Optional<Path> home = Optional.empty();
  private JavaProcess process;

  /**
   * A broker that is a cluster by itself.
   *
   * @param folder an empty folder for the broker's data and logs
   */
  public KafkaBroker(Path folder) {
    this(folder, 1, Endpoint.free("127.0.0.1"));
    Endpoint controller = Endpoint.free("127.0.0.1");
    controlling(controller).with("controller.quorum.voters", "1@" + controller);
    // After a kill a broker may not serve before its old session has ended.
    with("broker.session.timeout.ms", "2000").with("broker.heartbeat.interval.ms", "500");
  }

  /**
   * A broker that is no controller. Who is has to be given as {@code controller.quorum.voters}.
   *
   * @param id a number that no other broker of the cluster has
   */
  KafkaBroker(Path folder, int id, Endpoint endpoint) {
    this.folder = folder.toAbsolutePath();
    this.endpoint = endpoint;
    properties.put("process.roles", "broker");
    properties.put("node.id", Integer.toString(id));
    properties.put("controller.listener.names", "CONTROLLER");
    properties.put("inter.broker.listener.name", "DIRECT");
    properties.put(
        "listener.security.protocol.map",
        "CONTROLLER:PLAINTEXT,DIRECT:PLAINTEXT,PROXIED:PLAINTEXT");
    properties.put("listeners", "DIRECT://" + endpoint);
    properties.put("log.dirs", this.folder.resolve("data").toString());
    properties.put("num.partitions", "1");
    properties.put("offsets.topic.num.partitions", "1");
    properties.put("offsets.topic.replication.factor", "1");
    properties.put("transaction.state.log.num.partitions", "1");
    properties.put("transaction.state.log.replication.factor", "1");
    properties.put("transaction.state.log.min.isr", "1");
    properties.put("group.initial.rebalance.delay.ms", "0");
    // Some tests send records of long ago, which every five minutes would be deleted.
    properties.put("log.retention.ms", "-1");
  }

  /** Makes the broker a controller too. */
  KafkaBroker controlling(Endpoint controller) {
    listening("CONTROLLER://" + controller);
    return with("process.roles", "broker,controller");
  }

  private void listening(String listener) {
    properties.merge("listeners", listener, (before, more) -> before + "," + more);
  }

  /** A broker property, from the next start on. */
  public KafkaBroker with(String key, String value) {
    properties.put(key, value);
    return this;
  }

  /** A second listener that tells its clients to come back through {@code proxyPort}. */
  public KafkaBroker behindProxy(int listenPort, int proxyPort) {
    listening("PROXIED://127.0.0.1:" + listenPort);
    return with(
        "advertised.listeners",
        "DIRECT://%s,PROXIED://127.0.0.1:%d".formatted(endpoint, proxyPort));
  }

  /** Another Kafka than the usual one. */
  KafkaBroker from(Path otherHome) {
    home = Optional.of(otherHome);
    return this;
  }

  /**
   * One more listener.
   *
   * @param protocol such as {@code SASL_SSL}; its settings are {@code listener.name.<name>.*}
   */
  KafkaBroker listener(String name, String protocol) {
    listening("%s://127.0.0.1:%d".formatted(name, FreePort.find()));
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
    format();
    awaitFormatted();
    launch();
    return awaitUp();
  }

  /** Begins to prepare the broker's folder, unless that is done. */
  void format() {
    writeProperties();
    if (!isFormatted()) {
      run("format.log", "kafka.tools.StorageTool", "format", "-t", "c2x1aWNlLXRlc3RzLWs", "-c");
    }
  }

  void awaitFormatted() {
    if (process != null) {
      await("the broker's storage is formatted").until(() -> !process.isAlive());
    }
    if (!isFormatted()) {
      throw new IllegalStateException("formatting failed: " + process.output());
    }
  }

  private boolean isFormatted() {
    return Files.exists(folder.resolve("data/meta.properties"));
  }

  /** Starts or starts again, without waiting for it to serve. */
  void launch() {
    run("broker-%d.log".formatted(System.currentTimeMillis()), "kafka.Kafka");
  }

  /** Finds the process that another JVM has started in this folder, if it still runs. */
  void attach() {
    JavaProcess.running(folder.resolve("server.properties").toString())
        .ifPresent(found -> process = found);
  }

  /** Whether there is a process, serving or paused. */
  public boolean isRunning() {
    return process != null && process.isAlive();
  }

  KafkaBroker awaitUp() {
    await("the broker serves on " + endpoint).until(this::isUp);

    return this;
  }

  /** Starts, unless the broker serves already. */
  KafkaBroker ensureStarted() {
    return isRunning() ? this : start();
  }

  public String bootstrapServers() {
    return endpoint.toString();
  }

  /** The broker's process of the latest start. */
  public JavaProcess process() {
    return process;
  }

  /** SIGTERM: the broker leaves in an orderly way. */
  public void stop() {
    process.terminate(Patience.LIMIT);
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
    command.add("-Dlog4j.configuration=" + Path.of("src/it/homes/kafka-log4j.properties").toUri());
    Path libs = home.orElseGet(Homes::kafka).resolve("libs");
    command.addAll(List.of("-cp", libs + "/*", mainClass));
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
