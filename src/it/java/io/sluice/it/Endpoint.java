package io.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Where a broker listens. */
record Endpoint(String host, int port) {
  private static final Set<Endpoint> GIVEN = ConcurrentHashMap.newKeySet();

  /** One that nobody listens on, and that nobody was given before. */
  static Endpoint free(String host) {
    Endpoint endpoint = unused(host);
    while (!GIVEN.add(endpoint)) {
      endpoint = unused(host);
    }
    return endpoint;
  }

  private static Endpoint unused(String host) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(host, 0));
      return new Endpoint(host, socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
