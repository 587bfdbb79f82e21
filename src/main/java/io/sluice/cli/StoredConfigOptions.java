package io.sluice.cli;

import io.sluice.cli.zookeeper.StoreException;
import io.sluice.cli.zookeeper.StoredConfig;
import java.time.Duration;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which agent's configuration in which ZooKeeper. */
final class StoredConfigOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = {"--zk", "-z"},
      required = true,
      paramLabel = "HOST:PORT",
      description = "The ZooKeeper servers, separated by commas, as flume-ng's -z.")
  private String servers = "";

  @Option(
      names = {"--path", "-p"},
      paramLabel = "PATH",
      defaultValue = "/flume",
      description = "The node with the agents, as flume-ng's -p (${DEFAULT-VALUE}).")
  private String path = "";

  @Option(
      names = {"--name", "-n"},
      required = true,
      paramLabel = "AGENT",
      description = "The agent, as flume-ng's -n.")
  private String agent = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "How long to wait for ZooKeeper to answer (${DEFAULT-VALUE}).")
  private int timeoutSeconds;

  String agent() {
    return agent;
  }

  /** What is done with the configuration. */
  interface Action<T> {
    T on(StoredConfig config) throws StoreException, InterruptedException;
  }

  /** Connects, acts and closes. */
  <T> T run(Action<T> action) throws CommandFailure {
    try (StoredConfig config =
        StoredConfig.open(servers, path, agent, Duration.ofSeconds(timeoutSeconds))) {
      return action.on(config);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(
          spec.commandLine(),
          "--zk %s --path %s --name %s: %s".formatted(servers, path, agent, e.getMessage()));
    } catch (StoreException e) {
      throw new CommandFailure(ExitCode.SOFTWARE, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.SOFTWARE, "interrupted");
    }
  }
}
