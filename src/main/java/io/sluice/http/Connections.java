package io.sluice.http;

import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.HttpConnection;
import org.jspecify.annotations.Nullable;

/**
 * All connections of a server. A new one always finds room: one too many costs the connection that
 * has been without a request for longest, strangers first. And clients that send or read too slowly
 * are closed; Jetty's idle timeout starts again with each byte, so one byte now and then would hold
 * a connection for hours.
 *
 * <p>Thread-safe.
 */
final class Connections implements Connection.Listener {
  private static final long PERIOD_MILLIS = 500;

  private final int most;
  private final Limits limits;
  private final Map<HttpConnection, Progress> open = new ConcurrentHashMap<>();

  private enum Phase {
    /** No byte of a request is there. */
    IDLE,
    ARRIVING,
    ANSWERED
  }

  /**
   * How far a connection is.
   *
   * @param request how many requests have arrived whole
   * @param known whether one of them was allowed
   */
  private record Progress(long request, Phase phase, long sinceNanos, boolean known) {
    boolean isSame(Progress other) {
      return request == other.request && phase == other.phase;
    }
  }

  /**
   * @param most of them, but for those whose requests are being answered
   */
  Connections(int most, Limits limits) {
    this.most = most;
    this.limits = limits;
  }

  void watchOn(ScheduledExecutorService timer) {
    @SuppressWarnings("unused") // it ends with the timer
    var look =
        timer.scheduleWithFixedDelay(
            this::closeSlowOnes, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void onOpened(Connection connection) {
    if (connection instanceof HttpConnection http) {
      open.put(http, new Progress(0, Phase.IDLE, System.nanoTime(), false));
      makeRoom(http);
    }
  }

  @Override
  public void onClosed(Connection connection) {
    if (connection instanceof HttpConnection http) {
      open.remove(http);
    }
  }

  /** A request on this connection was allowed: it is given up after those of strangers. */
  void trust(@Nullable Connection connection) {
    if (connection instanceof HttpConnection http) {
      open.computeIfPresent(
          http, (key, old) -> new Progress(old.request, old.phase, old.sinceNanos, true));
    }
  }

  int count() {
    return open.size();
  }

  /** One at a time, so that two of them do not count on the same connection. */
  private synchronized void makeRoom(HttpConnection newest) {
    Optional<HttpConnection> victim = victim(newest);
    while (victim.isPresent()) {
      close(victim.get());
      victim = victim(newest);
    }
  }

  private Optional<HttpConnection> victim(HttpConnection newest) {
    if (open.size() <= most) {
      return Optional.empty();
    }
    Comparator<Map.Entry<HttpConnection, Progress>> order =
        Comparator.comparing(entry -> entry.getValue().known());
    return open.entrySet().stream()
        .filter(entry -> entry.getKey() != newest && isFree(entry.getKey()))
        .min(order.thenComparing(entry -> entry.getValue().sinceNanos()))
        .map(Map.Entry::getKey);
  }

  private static boolean isFree(HttpConnection connection) {
    return connection.getHttpChannel().getState().isIdle();
  }

  private void close(HttpConnection connection) {
    open.remove(connection);
    connection.getEndPoint().close();
  }

  private void closeSlowOnes() {
    long now = System.nanoTime();
    for (HttpConnection connection : List.copyOf(open.keySet())) {
      Progress progress =
          open.computeIfPresent(connection, (key, old) -> progress(connection, old, now));
      if (progress != null && now - progress.sinceNanos() > limit(progress).toNanos()) {
        close(connection);
      }
    }
  }

  private Duration limit(Progress progress) {
    return progress.phase == Phase.ANSWERED ? limits.answer() : limits.request();
  }

  private static Progress progress(HttpConnection connection, Progress old, long now) {
    RequestFraming framing = ((StrictParser) connection.getParser()).framing();
    long arrived = framing.completed();
    Phase phase = framing.isBetween() ? Phase.IDLE : Phase.ARRIVING;
    if (!isFree(connection) && arrived >= connection.getMessagesIn()) {
      phase = Phase.ANSWERED;
    }
    var present = new Progress(arrived, phase, now, old.known);
    return present.isSame(old) ? old : present;
  }
}
