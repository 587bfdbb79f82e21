package io.sluice.it;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Where a broker listens. */
record Endpoint(String host, int port) {
  private static final int LOWEST_PORT = 10_000;

  /** Linux begins at 32768, others higher. */
  private static final int LOWEST_CLIENT_PORT = 32_768;

  private static final Set<Endpoint> GIVEN = ConcurrentHashMap.newKeySet();

  /** Other builds on this machine look for ports too, and begin elsewhere. */
  private static final Random PORTS = new Random();

  /**
   * One that nobody listens on, and that nobody was given before. It is below the ports that
   * systems give to clients by themselves, so that no connection takes it before the server does.
   */
  static Endpoint free(String host) {
    return PORTS
        .ints(LOWEST_PORT, LOWEST_CLIENT_PORT)
        .mapToObj(port -> new Endpoint(host, port))
        .filter(endpoint -> endpoint.isFree() && GIVEN.add(endpoint))
        .findFirst()
        .orElseThrow();
  }

  /** Whether a server could listen here now. */
  boolean isFree() {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(host, port));
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  @Override
  public String toString() {
    return host + ":" + port;
  }
}
