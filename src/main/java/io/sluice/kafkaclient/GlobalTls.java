package io.sluice.kafkaclient;

import java.util.Locale;
import java.util.Map;

/**
 * Key and trust store that are given once for all of an agent, as {@code javax.net.ssl.*}; Flume
 * sets these from its {@code FLUME_SSL_*} variables too. What a client is given itself comes first.
 */
public final class GlobalTls {
  private static final Map<String, String> PROPERTIES =
      Map.of(
          "ssl.keystore.location", "javax.net.ssl.keyStore",
          "ssl.keystore.password", "javax.net.ssl.keyStorePassword",
          "ssl.keystore.type", "javax.net.ssl.keyStoreType",
          "ssl.truststore.location", "javax.net.ssl.trustStore",
          "ssl.truststore.password", "javax.net.ssl.trustStorePassword",
          "ssl.truststore.type", "javax.net.ssl.trustStoreType");

  private GlobalTls() {}

  /** Adds them to the properties of a Kafka client that uses TLS. */
  public static void addTo(Map<String, Object> client) {
    Object protocol = client.getOrDefault("security.protocol", "");
    if (!protocol.toString().toUpperCase(Locale.ROOT).endsWith("SSL")) {
      return;
    }
    PROPERTIES.forEach(
        (key, property) -> {
          String global = System.getProperty(property);
          if (global != null) {
            client.putIfAbsent(key, global);
          }
        });
  }
}
