package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.suite.Soak;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code conf/log-to-kafka.conf} on other JDKs and other brokers, through a kill of the agent, read
 * back by our consumer and by client 2.7.2. What the machine lacks is skipped, with the reason.
 */
@Soak
final class CompatibilityIT {
  private static final Path JDKS = Path.of("/usr/lib/jvm");

  /** A third of the readings modulo 30 is below the sample's range, 9 of 30 are above it. */
  private static final int LINES = 30_000;

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(ints = {17, 25})
  void shipsExactlyOnceOnThisJava(int feature) {
    Optional<Path> jdk = jdk(feature);
    assumeTrue(jdk.isPresent(), "no JDK " + feature + " under " + JDKS);
    try (var pipeline =
        new Pipeline("log-to-kafka.conf", folder, SharedBroker.bootstrapServers())) {
      pipeline.prefixTopics("java-" + feature + "-").agent().on(jdk.get());
      shipThroughAKill(pipeline, SharedBroker.bootstrapServers());
      assertThat(pipeline.agent().log()).contains("Java " + feature);
    }
  }

  @Test
  void shipsExactlyOnceToABrokerOfVersion3() {
    assumeTrue(Files.isDirectory(Homes.kafka39()), "no Kafka 3.9: run bin/homes kafka-3.9");
    try (var broker = new KafkaBroker(folder.resolve("broker")).from(Homes.kafka39()).start();
        var pipeline = new Pipeline("log-to-kafka.conf", folder, broker.bootstrapServers())) {
      shipThroughAKill(pipeline, broker.bootstrapServers());
    }
  }

  private void shipThroughAKill(Pipeline pipeline, String servers) {
    pipeline.createTopics().log().appendReadings(0, LINES / 2);
    pipeline.start();
    pipeline.topics().awaitCount(pipeline.raw(), 1);
    pipeline.agent().kill();
    pipeline.log().appendReadings(LINES / 2, LINES);
    pipeline.start().awaitAll();
    assertThat(pipeline.agent().terminate()).isTrue();

    String exactly = "written=%d arrived=%<d lost=0 duplicates=0".formatted(LINES);
    assertThat(pipeline.rawTally()).hasToString(exactly);
    assertThat(pipeline.judgedTally()).hasToString(exactly);
    assertThat(readWithClient272(pipeline, servers))
        .contains(
            "client=2.7.2",
            pipeline.raw() + "{none=30000}",
            pipeline.valid() + "{none=11000}",
            pipeline.invalid() + "{ABOVE=9000, BELOW=10000}");
  }

  /** Flume's own lib folder has that client. */
  private List<String> readWithClient272(Pipeline pipeline, String servers) {
    String classPath = Path.of("target/test-classes").toAbsolutePath() + ":" + Homes.flume();
    JavaProcess consumer =
        JavaProcess.start(
            folder,
            folder.resolve("old-consumer.log"),
            List.of(
                "-cp",
                classPath + "/lib/*",
                OldConsumer.class.getName(),
                servers,
                pipeline.raw(),
                pipeline.valid(),
                pipeline.invalid()));
    await("the old consumer ends").until(() -> !consumer.isAlive());
    return consumer.output().lines().toList();
  }

  private static Optional<Path> jdk(int feature) {
    try (Stream<Path> found = Files.list(JDKS)) {
      return found.filter(home -> isJdk(home, feature)).findFirst();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static boolean isJdk(Path home, int feature) {
    Path release = home.resolve("release");
    try {
      return Files.isExecutable(home.resolve("bin/java"))
          && Files.exists(release)
          && Files.readString(release).contains("JAVA_VERSION=\"" + feature);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
