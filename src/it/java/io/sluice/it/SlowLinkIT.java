package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A backlog over a line of half a megabit a second: what a request may hold is more than the line
 * carries within the time that the request has.
 */
final class SlowLinkIT {
  private static final boolean SOAK = Boolean.getBoolean("sluice.soak");
  private static final int BYTES_A_SECOND = 500_000 / 8;
  private static final int LINES = SOAK ? 50_000 : 5_000;

  @TempDir static Path brokerFolder;
  private static TcpProxy proxy;
  private static KafkaBroker broker;

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeAll
  static void startBroker() {
    int listen = FreePort.find();
    proxy = TcpProxy.to(listen).carrying(BYTES_A_SECOND);
    broker =
        new KafkaBroker(brokerFolder.resolve("broker")).behindProxy(listen, proxy.port()).start();
  }

  @AfterAll
  static void stopBroker() {
    broker.close();
    proxy.close();
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"log-to-kafka.conf", "at-least-once.conf"})
  void aSlowLineDeliversEveryLineOnce(String sample) {
    pipeline =
        new Pipeline(sample, folder, proxy.address())
            .prefixTopics(sample.replace(".conf", "-"))
            .readBackFrom(broker.bootstrapServers())
            .createTopics();
    pipeline.config().set("a1.sinks.kafka.kafka.producer.compression.type", "none");
    var random = new Random(7);
    var lines = new String[LINES];
    for (int i = 0; i < LINES; i++) {
      byte[] noise = new byte[75];
      random.nextBytes(noise);
      lines[i] =
          "reading " + i + " value=" + i % 30 + " " + Base64.getEncoder().encodeToString(noise);
    }
    pipeline.log().append(lines);
    long start = System.nanoTime();

    pipeline.start().awaitAll();

    System.out.printf(
        "SlowLinkIT %s: %d lines over %d bytes/s in %d s, %d warnings%n",
        sample,
        LINES,
        BYTES_A_SECOND,
        Duration.ofNanos(System.nanoTime() - start).toSeconds(),
        pipeline.agent().warnings("KafkaConnection"));
    String once = "written=%d arrived=%d lost=0 duplicates=0".formatted(LINES, LINES);
    assertThat(pipeline.rawTally()).hasToString(once);
    assertThat(pipeline.judgedTally()).hasToString(once);
  }
}
