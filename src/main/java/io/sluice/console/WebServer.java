package io.sluice.console;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.ConnectionLimit;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.BlockingArrayQueue;
import org.eclipse.jetty.util.component.AbstractLifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.eclipse.jetty.util.thread.Scheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small Jetty, Flume's own: bounded in threads, connections, header sizes and time, so that
 * whatever comes in on the port costs the agent little.
 */
final class WebServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WebServer.class);
  private static final int MOST_THREADS = 8;
  private static final int MOST_CONNECTIONS = 64;
  private static final int HEADER_BYTES = 8 << 10;
  private static final Duration IDLE = Duration.ofSeconds(20);

  /** In which an open connection has to bring a whole request, again and again. */
  private static final Duration REQUEST = Duration.ofSeconds(30);

  private static final int SLOWEST_BYTES_PER_SECOND = 1_000;

  private final Server server;
  private final ServerConnector connector;

  WebServer(ConsoleConfig config, Handler handler) {
    this(config, handler, REQUEST);
  }

  /**
   * @param patience in which a connection has to bring a whole request
   */
  WebServer(ConsoleConfig config, Handler handler, Duration patience) {
    var threads =
        new QueuedThreadPool(
            MOST_THREADS, 3, (int) IDLE.toMillis(), new BlockingArrayQueue<>(16, 16, 256));
    threads.setName("sluice-console");
    threads.setDaemon(true);
    threads.setReservedThreads(0);
    server = new Server(threads);
    connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http()));
    connector.setHost(config.host());
    connector.setPort(config.port());
    connector.setIdleTimeout(IDLE.toMillis());
    connector.setAcceptQueueSize(MOST_CONNECTIONS);
    connector.addBean(new Deadlines(connector, patience));
    server.addConnector(connector);
    server.addBean(new ConnectionLimit(MOST_CONNECTIONS, server));
    server.addBean(new PlainErrors());
    server.setHandler(handler);
    server.setStopTimeout(0);
  }

  private static HttpConfiguration http() {
    var http = new HttpConfiguration();
    http.setSendServerVersion(false);
    http.setSendDateHeader(false);
    http.setRequestHeaderSize(HEADER_BYTES);
    http.setResponseHeaderSize(HEADER_BYTES);
    http.setMinRequestDataRate(SLOWEST_BYTES_PER_SECOND);
    http.setMinResponseDataRate(SLOWEST_BYTES_PER_SECOND);
    return http;
  }

  /**
   * Closes connections that bring no whole request within their time, byte by byte or not at all.
   */
  private static final class Deadlines extends AbstractLifeCycle implements Connection.Listener {
    private final ServerConnector connector;
    private final Duration patience;

    Deadlines(ServerConnector connector, Duration patience) {
      this.connector = connector;
      this.patience = patience;
    }

    @Override
    public void onOpened(Connection connection) {
      watch(connection, connection.getMessagesIn());
    }

    private void watch(Connection connection, long before) {
      Scheduler scheduler = connector.getScheduler();
      scheduler.schedule(
          () -> {
            long requests = connection.getMessagesIn();
            if (requests == before) {
              connection.getEndPoint().close();
            } else if (connection.getEndPoint().isOpen()) {
              watch(connection, requests);
            }
          },
          patience.toMillis(),
          TimeUnit.MILLISECONDS);
    }

    @Override
    public void onClosed(Connection connection) {
      // Its last task finds it closed.
    }
  }

  /** Listens from now on; what is in the way, if it cannot. */
  Optional<String> open() {
    try {
      connector.open(); // before any thread is started
      server.start();
      return Optional.empty();
    } catch (IOException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      return Optional.of(String.valueOf(cause.getMessage()));
    } catch (Exception e) { // what Jetty declares
      close();
      return Optional.of(String.valueOf(e));
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (Exception e) { // what Jetty declares
      LOG.warn("console: it did not stop in an orderly way", e);
    }
  }
}
