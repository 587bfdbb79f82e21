package io.sluice.http;

import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty, from Flume's own {@code lib/}, with bounds on everything that a client can ask for: each
 * connection has its thread, so no request waits for one that another client keeps.
 *
 * <p>Thread-safe.
 */
public final class HttpServer {
  /** One to accept, one to select, and some for what Jetty does by the way. */
  private static final int JETTYS_OWN_THREADS = 6;

  /** What waits there costs the system a little memory; what finds no room there waits longer. */
  private static final int QUEUED_CONNECTIONS = 1_024;

  /** How long a connection may be idle while others wait for one. */
  private static final long IDLE_WHEN_FULL_MILLIS = 1_000;

  private static final long STOP_MILLIS = 2_000;

  private final Server server;
  private final ServerConnector connector;
  private final ScheduledExecutorService timer;

  private HttpServer(Server server, ServerConnector connector, ScheduledExecutorService timer) {
    this.server = server;
    this.connector = connector;
    this.timer = timer;
  }

  /**
   * A server that listens.
   *
   * @param name for its threads
   * @param port 0 for any free one
   * @throws IOException if it cannot listen there
   */
  public static HttpServer start(String name, String bind, int port, Limits limits, Handler handler)
      throws IOException {
    var threads = new QueuedThreadPool(limits.connections() + JETTYS_OWN_THREADS, 2);
    threads.setName(name);
    threads.setDaemon(true);
    var server = new Server(threads);
    server.setErrorHandler(new PlainErrors());
    var underWay = new StatisticsHandler(); // a stop waits for the requests that it knows of
    underWay.setHandler(handler);
    server.setHandler(underWay);
    server.setStopTimeout(STOP_MILLIS);
    var connector =
        new ServerConnector(
            server, null, null, null, 1, 1, new HttpConnectionFactory(configuration(limits)));
    connector.setHost(bind);
    connector.setPort(port);
    connector.setIdleTimeout(limits.request().toMillis());
    connector.setAcceptQueueSize(QUEUED_CONNECTIONS);
    server.addConnector(connector);
    var limit = new ConnectionLimit(limits.connections(), connector);
    limit.setIdleTimeout(Math.min(IDLE_WHEN_FULL_MILLIS, limits.request().toMillis()));
    server.addBean(limit);
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, name + "-slow-clients");
              thread.setDaemon(true);
              return thread;
            });
    var started = new HttpServer(server, connector, timer);
    started.listen(bind, port);
    new SlowClients(connector, limits).watchOn(timer);
    return started;
  }

  private static HttpConfiguration configuration(Limits limits) {
    var http = new HttpConfiguration();
    http.setRequestHeaderSize(limits.headerBytes());
    // The cache mixes up values that differ in upper and lower case only, such as tokens.
    http.setHeaderCacheSize(0);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    return http;
  }

  private void listen(String bind, int port) throws IOException {
    try {
      server.start();
    } catch (Exception e) { // Jetty's own signature
      stop();
      throw new IOException("cannot listen on " + bind + ":" + port + ": " + e.getMessage(), e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** How many clients are connected. */
  public int connectionCount() {
    return connector.getConnectedEndPoints().size();
  }

  /** Accepts no more and ends all connections, within seconds. */
  public void stop() {
    timer.shutdownNow();
    try {
      server.stop();
    } catch (Exception e) { // Jetty's own signature
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
