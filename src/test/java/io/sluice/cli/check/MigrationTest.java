package io.sluice.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MigrationTest {
  @TempDir Path folder;

  private List<String> migrate(String... lines) throws IOException {
    Path file = Files.write(folder.resolve("agent.conf"), List.of(lines));
    return Migration.of(new Request(file, Optional.empty(), Optional.empty(), 500, false));
  }

  private List<String> taildirToKafka() throws IOException {
    Files.createFile(folder.resolve("app.log"));
    return migrate(
        "# ours since 2019",
        "a1.sources = r1",
        "a1.channels = c1",
        "a1.sinks = k1",
        "a1.sources.r1.type=TAILDIR",
        "a1.sources.r1.channels = c1",
        "a1.sources.r1.filegroups = f1",
        "a1.sources.r1.filegroups.f1 = " + folder.resolve("app.log"),
        "a1.channels.c1.type = memory",
        "a1.sinks.k1.type = org.apache.flume.sink.kafka.KafkaSink",
        "a1.sinks.k1.channel = c1",
        "a1.sinks.k1.brokerList = localhost:9092",
        "a1.sinks.k1.kafka.flumeBatchSize = 20");
  }

  @Test
  void onlyTheTypesChange() throws IOException {
    List<String> result = taildirToKafka();

    assertThat(result.stream().filter(line -> !line.startsWith("# sluice: ")))
        .hasSize(13)
        .contains("# ours since 2019", "a1.sources.r1.type=io.sluice.source.LogFileSource")
        .contains("a1.sinks.k1.type = io.sluice.sink.RoutingKafkaSink")
        .contains("a1.sinks.k1.kafka.flumeBatchSize = 20");
  }

  @Test
  void whatWillBeDifferentIsSaidAboveItsLine() throws IOException {
    List<String> result = taildirToKafka();

    int type = result.indexOf("a1.sources.r1.type=io.sluice.source.LogFileSource");
    assertThat(result.subList(1, type))
        .contains("# sluice: was TAILDIR.")
        .anyMatch(line -> line.contains("positionFile = HOME/.flume/taildir_position.json"));
    int batch = result.indexOf("a1.sinks.k1.kafka.flumeBatchSize = 20");
    assertThat(result.get(batch - 1))
        .isEqualTo(
            "# sluice: sink 'k1': kafka.flumeBatchSize has no effect, as in KafkaSink: write"
                + " flumeBatchSize.");
    assertThat(result).contains("# sluice: acks is all without the key (KafkaSink: 1).");
  }

  @Test
  void theResultIsAConfigurationThatIsRight() throws IOException {
    Path file = Files.write(folder.resolve("new.conf"), taildirToKafka());

    Report report =
        AgentCheck.run(new Request(file, Optional.empty(), Optional.empty(), 500, false));

    assertThat(report.errors()).as(report.lines().toString()).isZero();
  }
}
