package io.sluice.http;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.HttpConnection;
import org.eclipse.jetty.server.ServerConnector;

/**
 * Closes the connections of clients that send or read too slowly. Jetty's idle timeout begins anew
 * with each byte, so one byte now and then would hold a connection for hours.
 *
 * <p>Looked at once a second, by one thread.
 */
final class SlowClients {
  private static final long PERIOD_MILLIS = 500;

  private final ServerConnector connector;
  private final Limits limits;
  private Map<EndPoint, Stage> stages = new HashMap<>();

  /**
   * Where a connection stands.
   *
   * @param request number of the request on this connection
   * @param arrived whether it is there as a whole
   */
  private record Stage(long request, boolean arrived, long sinceNanos) {
    boolean isSame(Stage other) {
      return request == other.request && arrived == other.arrived;
    }
  }

  SlowClients(ServerConnector connector, Limits limits) {
    this.connector = connector;
    this.limits = limits;
  }

  void watchOn(ScheduledExecutorService timer) {
    @SuppressWarnings("unused") // it ends with the timer
    var look =
        timer.scheduleWithFixedDelay(
            this::look, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    Map<EndPoint, Stage> present = new HashMap<>();
    for (EndPoint client : connector.getConnectedEndPoints()) {
      if (client.getConnection() instanceof HttpConnection connection) {
        Stage stage = stage(connection, now);
        Stage before = stages.get(client);
        stage = before != null && before.isSame(stage) ? before : stage;
        present.put(client, stage);
        Duration limit = stage.arrived ? limits.answer() : limits.request();
        if (now - stage.sinceNanos > limit.toNanos()) {
          client.close();
        }
      }
    }
    stages = present;
  }

  private static Stage stage(HttpConnection connection, long now) {
    boolean arrived = connection.getParser().isState(HttpParser.State.END);
    return new Stage(connection.getMessagesIn(), arrived, now);
  }
}
