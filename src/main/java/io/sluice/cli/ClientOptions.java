package io.sluice.cli;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** How a command reaches the brokers. */
final class ClientOptions {
  @Option(
      names = "--bootstrap-server",
      required = true,
      paramLabel = "HOST:PORT",
      description = "Brokers to ask first, separated by commas.")
  private String servers = "";

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description = "Properties file for the Kafka clients, such as security.protocol.")
  private @Nullable Path file;

  /** For any Kafka client. */
  Map<String, Object> properties() {
    Map<String, Object> properties = new HashMap<>();
    if (file != null) {
      properties.putAll(PropertiesFile.read(file));
    }
    properties.put("bootstrap.servers", servers);
    return properties;
  }
}
