package io.sluice.it;

import static io.sluice.suite.Patience.await;

import io.sluice.suite.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A real, unmodified Flume agent with the packaged plugin in a {@code plugins.d} of its own,
 * started as {@code flume-ng} does it. It can be started again after its end, on the same files.
 */
public final class FlumeAgent implements AutoCloseable {
  private final Path folder;
  private final List<String> jvmOptions = new ArrayList<>(sampleOptions());
  private final Map<String, String> environment = new LinkedHashMap<>();
  private List<String> configuredBy;
  private boolean plugin = true;
  private String ownClasses = "";
  private String logging = "log4j2.xml";
  private Path javaHome = Path.of(System.getProperty("java.home"));
  private JavaProcess process;

  /**
   * @param folder for the agent's configuration, plugins, logs and positions
   */
  public FlumeAgent(Path folder) {
    this.folder = folder.toAbsolutePath();
    configuredBy = List.of("-f", this.folder.resolve("conf/agent.conf").toString());
  }

  /** Without Sluice: what Flume does by itself. */
  public FlumeAgent stock() {
    plugin = false;
    return this;
  }

  /** With the class and its members on the class path, as a jar of the user's would be. */
  FlumeAgent withClass(Class<?> type) {
    Path classes = Path.of(type.getProtectionDomain().getCodeSource().getLocation().getPath());
    Path source = classes.resolve(type.getPackageName().replace('.', '/'));
    Path target = folder.resolve("classes").resolve(classes.relativize(source));
    try (Stream<Path> files = Files.list(source)) {
      Files.createDirectories(target);
      String name = type.getSimpleName();
      for (Path file :
          files
              .filter(each -> each.getFileName().toString().matches(name + "(\\$.*)?\\.class"))
              .toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    ownClasses = ":" + folder.resolve("classes");
    return this;
  }

  /** Another logging configuration than {@code log4j2.xml}: a shipped one, or any by its path. */
  public FlumeAgent logging(String sample) {
    logging = sample;
    return this;
  }

  /** On another JDK than this JVM's. */
  FlumeAgent on(Path otherJavaHome) {
    javaHome = otherJavaHome;
    return this;
  }

  /** The lines of the agent's log file. */
  public List<String> logFile() {
    try {
      return Files.readAllLines(folder.resolve("logs/flume.log"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until the agent has ended by itself; its status. */
  public int awaitEnd() {
    await("the agent ends").until(() -> !process.isAlive());
    return process.exitCode();
  }

  /** Instead of the options that {@code conf/flume-env.sh} gives. */
  public FlumeAgent jvm(String... options) {
    jvmOptions.clear();
    jvmOptions.addAll(List.of(options));
    return this;
  }

  /** Takes its configuration from ZooKeeper, as with {@code -z} and {@code -p}. */
  FlumeAgent zooKeeper(String servers, String path) {
    configuredBy = List.of("-z", servers, "-p", path);
    return this;
  }

  /** Beside the other options. */
  public FlumeAgent option(String option) {
    jvmOptions.add(option);
    return this;
  }

  /** A variable of the agent's environment. */
  FlumeAgent environment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Changes the running agent's configuration; Flume looks at it every 30 seconds. */
  public FlumeAgent reconfigure(AgentConfig config) {
    config.writeTo(folder.resolve("conf/agent.conf"));
    return this;
  }

  /** Unpacks the plugin, if that is not done; {@link #start} does it too, and it takes a while. */
  public FlumeAgent install() {
    try {
      Files.createDirectories(folder.resolve("plugins.d"));
      if (plugin && !Files.exists(folder.resolve("plugins.d/sluice"))) {
        unpack(Homes.pluginArchive(), folder.resolve("plugins.d"));
      }
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public FlumeAgent start(AgentConfig config) {
    install();
    try {
      Path conf = Files.createDirectories(folder.resolve("conf"));
      Files.write(conf.resolve("log4j2.xml"), Files.readAllBytes(Homes.conf().resolve(logging)));
      reconfigure(config);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    var command = new ArrayList<>(jvmOptions);
    command.add("-Dflume.log.dir=" + folder.resolve("logs"));
    command.addAll(List.of("-cp", classPath(), "org.apache.flume.node.Application"));
    command.addAll(List.of("-n", "a1"));
    command.addAll(configuredBy);
    process =
        JavaProcess.start(javaHome, folder, folder.resolve("agent.log"), command, environment);
    return this;
  }

  /** Everything the agent has logged, over all its starts. */
  public String log() {
    return process.output();
  }

  public FlumeAgent awaitLog(String text) {
    await("the agent logs: " + text).until(() -> log().contains(text));

    return this;
  }

  /** How often the agent has logged {@code text}, over all its starts. */
  long logged(String text) {
    return log().lines().filter(line -> line.contains(text)).count();
  }

  /** Waits for a warning of the component, such as {@code sink 'kafka'}. */
  public FlumeAgent awaitWarning(String component) {
    await(component + " warns").until(() -> warnings(component) > 0);

    return this;
  }

  /** How many warnings the component has logged, over all starts. */
  public long warnings(String component) {
    return log()
        .lines()
        .filter(line -> line.contains(" WARN ") && line.contains(component))
        .count();
  }

  /** SIGTERM; whether the agent was gone before any client inside of it could time out. */
  public boolean terminate() {
    return process.terminate(Patience.STOP);
  }

  /** SIGKILL. */
  public void kill() {
    process.kill();
  }

  public JavaProcess process() {
    return process;
  }

  @Override
  public void close() {
    if (process != null) {
      process.kill();
    }
  }

  /** Flume's own order: the configuration, its own jars, then each plugin's lib and libext. */
  private String classPath() {
    String path = folder.resolve("conf") + ownClasses + ":" + Homes.flume().resolve("lib") + "/*";
    Path sluice = folder.resolve("plugins.d/sluice");
    return plugin ? path + ":" + sluice + "/lib/*:" + sluice + "/libext/*" : path;
  }

  private static void unpack(Path archive, Path folder) {
    run("tar", "-xzf", archive.toString(), "-C", folder.toString());
  }

  private static List<String> sampleOptions() {
    Path env = Homes.conf().resolve("flume-env.sh");
    return List.of(run("bash", "-c", ". " + env + "; echo $JAVA_OPTS").strip().split("\\s+"));
  }

  private static String run(String... command) {
    try {
      Process program = new ProcessBuilder(command).redirectErrorStream(true).start();
      var output = new String(program.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (program.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed: " + output);
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
