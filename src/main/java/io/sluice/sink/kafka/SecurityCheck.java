package io.sluice.sink.kafka;

import io.sluice.config.Problems;
import java.util.Locale;
import java.util.Map;
import javax.security.auth.login.AppConfigurationEntry;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.security.JaasContext;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Reads what the client would log in with: JAAS configuration, key and trust stores. */
final class SecurityCheck {
  private static final String JAAS = "sasl.jaas.config";

  private SecurityCheck() {}

  static void check(ProducerConfig client, Problems problems) {
    Map<String, ?> values = client.values();
    String protocol = client.getString("security.protocol").toUpperCase(Locale.ROOT);
    if (protocol.startsWith("SASL_") && values.get(JAAS) != null) {
      checkLogin(values, problems);
    }
    if (protocol.endsWith("SSL") && values.get("ssl.engine.factory.class") == null) {
      checkStores(values, problems);
    }
  }

  /** The value is a secret: never shown. */
  private static void checkLogin(Map<String, ?> values, Problems problems) {
    try {
      for (AppConfigurationEntry entry :
          JaasContext.loadClientContext(values).configurationEntries()) {
        Class.forName(
            entry.getLoginModuleName(), false, Thread.currentThread().getContextClassLoader());
      }
    } catch (IllegalArgumentException e) {
      problems.error(
          "kafka.producer.%s cannot be read: %s; write CLASS required KEY=\"VALUE\";"
              .formatted(JAAS, e.getMessage()));
    } catch (ClassNotFoundException e) {
      problems.error(
          "kafka.producer.%s names the login module %s, and there is no such class."
              .formatted(JAAS, e.getMessage()));
    }
  }

  /** A warning for an agent: stores may be replaced while it runs. */
  private static void checkStores(Map<String, ?> values, Problems problems) {
    try (var factory = new DefaultSslEngineFactory()) {
      factory.configure(values);
    } catch (KafkaException e) {
      Throwable root = e;
      while (root.getCause() != null) {
        root = root.getCause();
      }
      problems.mistake(
          "kafka.producer.ssl.*: the key or trust store cannot be used: %s"
              .formatted(root.equals(e) ? e.getMessage() : e.getMessage() + ": " + root));
    }
  }
}
