package io.sluice.it;

/** A port of the loopback interface that nobody listens on. */
public final class FreePort {
  private FreePort() {}

  public static int find() {
    return Endpoint.free("127.0.0.1").port();
  }
}
