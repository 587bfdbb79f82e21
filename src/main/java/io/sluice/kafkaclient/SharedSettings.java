package io.sluice.kafkaclient;

import java.util.List;

/** What every Kafka client needs to reach the brokers that one of them reaches.. */
public final class SharedSettings {
  private static final List<String> PREFIXES =
      List.of(
          "security.",
          "sasl.",
          "ssl.",
          "config.providers",
          "client.",
          "reconnect.",
          "retry.",
          "socket.");

  private SharedSettings() {}

  /** Whether a producer's setting holds for consumers and admin clients beside it too. */
  public static boolean include(String key) {
    return PREFIXES.stream().anyMatch(key::startsWith);
  }
}
