package io.sluice.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations for TAILDIR and KafkaSink as people have them: after the types nothing is wrong.
 */
final class DropInConfigurationsTest {
  @TempDir Path folder;

  static Stream<Path> configurations() throws IOException {
    return Files.list(Path.of("src/test/resources/dropin")).sorted();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void changingTheTypesIsEnough(Path configuration) throws IOException {
    Files.createDirectories(folder.resolve("logs"));
    Files.createFile(folder.resolve("logs/example.log"));
    Files.createFile(folder.resolve("logs/web-access.log"));
    String text =
        Files.readString(configuration)
            .replace("@ROOT@", folder.toString())
            .replace("@BROKER@", "localhost:9092")
            .replaceAll(
                "= ?(TAILDIR|org.apache.flume.source.taildir.TaildirSource)\n",
                "= io.sluice.source.LogFileSource\n")
            .replace("org.apache.flume.sink.kafka.KafkaSink", "io.sluice.sink.RoutingKafkaSink");
    Path file = Files.writeString(folder.resolve("agent.conf"), text);

    Report report =
        AgentCheck.run(new Request(file, Optional.empty(), Optional.empty(), 500, false));

    assertThat(report.errors()).as(String.join("\n", report.lines())).isZero();
  }
}
