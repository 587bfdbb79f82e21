package io.sluice.console;

import io.sluice.config.Problems;
import io.sluice.config.Settings;
import io.sluice.http.HttpServer;
import io.sluice.http.Limits;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.flume.Context;
import org.apache.flume.instrumentation.MonitorService;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Shows how the agent is: a dashboard at {@code /}, {@code /metrics} for Prometheus, {@code
 * /healthz}, {@code /readyz} and {@code /api/status}.
 *
 * <p>Flume starts it with {@code -Dflume.monitoring.type=io.sluice.console.Console}, and makes a
 * new one whenever it reloads its configuration. It reads what the components show in JMX and
 * changes nothing. When it cannot start, the agent runs on without it.
 */
public final class Console implements MonitorService {
  /** Every key, behind {@code flume.monitoring.}. */
  public static final Settings SETTINGS = ConsoleConfig.ALL;

  private static final Logger LOG = LoggerFactory.getLogger(Console.class);

  private static final Limits LIMITS =
      new Limits(32, 8 << 10, Duration.ofSeconds(30), Duration.ofSeconds(30));

  private @Nullable ConsoleConfig config;
  private @Nullable HttpServer server;
  private @Nullable History history;

  /** For Flume. */
  public Console() {}

  /**
   * The console of a process that is no Flume agent; what is wrong with its keys is in {@code
   * problems} afterwards.
   *
   * @param prefix what the console's keys begin with in {@code given}
   * @return empty if no key does
   */
  public static Optional<Console> of(String prefix, Map<String, String> given, Problems problems) {
    Map<String, String> keys = new HashMap<>();
    given.forEach(
        (key, value) -> {
          if (key.startsWith(prefix)) {
            keys.put(key.substring(prefix.length()), value);
          }
        });
    if (keys.isEmpty()) {
      return Optional.empty();
    }
    var console = new Console();
    console.config = ConsoleConfig.parse(prefix, keys, problems);
    return Optional.of(console);
  }

  /**
   * @throws io.sluice.config.ConfigurationException naming every problem
   */
  @Override
  public void configure(Context context) {
    var problems = new Problems("console");
    config = ConsoleConfig.parse(ConsoleConfig.FLUMES_PREFIX, context.getParameters(), problems);
    problems.warnings().forEach(LOG::warn);
    problems.throwIfAny("the agent runs on without its console.");
  }

  @Override
  public synchronized void start() {
    ConsoleConfig checked = config;
    if (checked == null) {
      throw new IllegalStateException("the console was not configured");
    }
    var agent = new AgentReader();
    var past = new History(agent);
    HttpServer opened;
    try {
      opened =
          HttpServer.start(
              "sluice-console",
              checked.http(),
              LIMITS,
              new ConsoleHandler(agent, past, new FileSeries(checked.fileMetrics())));
    } catch (IOException e) {
      LOG.error(
          "console: it {}. The agent runs on without it; give it a free port with {}port.",
          e.getMessage(),
          checked.prefix());
      return;
    }
    past.start();
    server = opened;
    history = past;
    LOG.info("console: {}", checked.http().url(opened.port()));
  }

  /** The port that it listens on; for tests, which let the system choose. */
  synchronized int port() {
    return server == null ? -1 : server.port();
  }

  @Override
  public synchronized void stop() {
    if (history != null) {
      history.stop();
      history = null;
    }
    if (server != null) {
      server.stop();
      server = null;
    }
  }
}
