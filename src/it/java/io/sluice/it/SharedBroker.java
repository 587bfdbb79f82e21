package io.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * One broker for all tests that leave it alone: starting one costs seconds. It creates no topic by
 * itself.
 */
final class SharedBroker {
  private static final String AUTHORIZER =
      "org.apache.kafka.metadata.authorizer.StandardAuthorizer";

  private static final KafkaBroker BROKER = start();

  private SharedBroker() {}

  static String bootstrapServers() {
    return BROKER.bootstrapServers();
  }

  private static KafkaBroker start() {
    try {
      Path runs = Files.createDirectories(Path.of("target/it"));
      return new KafkaBroker(Files.createTempDirectory(runs, "broker-"))
          .with("auto.create.topics.enable", "false")
          .with("authorizer.class.name", AUTHORIZER)
          .with("allow.everyone.if.no.acl.found", "true")
          .with("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500")
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
