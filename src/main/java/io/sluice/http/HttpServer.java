package io.sluice.http;

import io.sluice.monitoring.Beans;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.eclipse.jetty.server.ConnectionFactory;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * Jetty, from Flume's own {@code lib/}, with bounds on everything that a client can ask for, and
 * with a stricter parser in front.
 *
 * <p>Thread-safe.
 */
public final class HttpServer {
  /** One to accept, one to select, and some for what Jetty does by the way. */
  private static final int JETTYS_OWN_THREADS = 6;

  /** What waits there costs the system a little memory; what finds no room there waits longer. */
  private static final int QUEUED_CONNECTIONS = 1_024;

  private static final long STOP_MILLIS = 2_000;

  private static final String BEAN = "server";

  private final String name;
  private final Optional<TlsReload> tls;
  private final Server server;
  private final ServerConnector connector;
  private final Connections connections;
  private final RequestQueue queue;
  private final ScheduledExecutorService timer;

  private HttpServer(
      String name,
      Optional<TlsReload> tls,
      Server server,
      ServerConnector connector,
      Connections connections,
      RequestQueue queue,
      ScheduledExecutorService timer) {
    this.name = name;
    this.tls = tls;
    this.server = server;
    this.connector = connector;
    this.connections = connections;
    this.queue = queue;
    this.timer = timer;
  }

  /**
   * A server that listens.
   *
   * @param name for its threads, and in JMX
   * @throws IOException if it cannot listen there, or cannot read its certificate
   */
  public static HttpServer start(String name, HttpConfig config, Limits limits, HttpService service)
      throws IOException {
    Optional<TlsReload> tls = TlsReload.of(config);
    var threads = new QueuedThreadPool(limits.threads() + JETTYS_OWN_THREADS, 2);
    threads.setName(name);
    threads.setDaemon(true);
    var server = new Server(threads);
    server.setErrorHandler(new PlainErrors());
    var connections = new Connections(limits.connections(), limits);
    var queue = new RequestQueue(limits.requests(), limits.waiting());
    var underWay = new StatisticsHandler(); // a stop waits for the requests that it knows of
    underWay.setHandler(new ServiceHandler(config, service, queue, connections));
    server.setHandler(underWay);
    server.setStopTimeout(STOP_MILLIS);
    var connector = new ServerConnector(server, null, null, null, 1, 1, protocols(tls, limits));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(limits.request().toMillis());
    connector.setAcceptQueueSize(QUEUED_CONNECTIONS);
    connector.addBean(connections);
    server.addConnector(connector);
    ScheduledExecutorService timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, name + "-timer");
              thread.setDaemon(true);
              return thread;
            });
    var started = new HttpServer(name, tls, server, connector, connections, queue, timer);
    started.listen(config);
    connections.watchOn(timer);
    tls.ifPresent(reload -> reload.watchOn(timer));
    tls.ifPresent(reload -> Beans.show(BEAN, name, reload));
    return started;
  }

  private static ConnectionFactory[] protocols(Optional<TlsReload> tls, Limits limits) {
    var http = new HttpConfiguration();
    http.setRequestHeaderSize(limits.headerBytes());
    // The cache mixes up values that differ in upper and lower case only, such as tokens.
    http.setHeaderCacheSize(0);
    http.setSendServerVersion(false);
    http.setSendXPoweredBy(false);
    var plain = new StrictConnections(http);
    return tls.isEmpty()
        ? new ConnectionFactory[] {plain}
        : new ConnectionFactory[] {
          new SslConnectionFactory(tls.get().factory(), plain.getProtocol()), plain
        };
  }

  private void listen(HttpConfig config) throws IOException {
    try {
      server.start();
    } catch (Exception e) { // Jetty's own signature
      stop();
      throw new IOException(
          "cannot listen on " + config.host() + ":" + config.port() + ": " + e.getMessage(), e);
    }
  }

  /** The port it listens on. */
  public int port() {
    return connector.getLocalPort();
  }

  /** How many clients are connected. */
  public int connectionCount() {
    return connections.count();
  }

  /** Accepts no more and ends all connections, within seconds. */
  public void stop() {
    tls.ifPresent(reload -> Beans.hide(BEAN, name, reload));
    timer.shutdownNow();
    queue.stop();
    try {
      server.stop();
    } catch (Exception e) { // Jetty's own signature
      if (e instanceof InterruptedException) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
