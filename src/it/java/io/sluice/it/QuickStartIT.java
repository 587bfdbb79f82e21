package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Topics, messages there and back, with nothing but {@code bin/sluice}. */
final class QuickStartIT {
  @TempDir Path folder;
  private CommandLineTool sluice;

  @BeforeEach
  void unpack() {
    sluice = new CommandLineTool(folder);
  }

  @AfterEach
  void close() {
    sluice.close();
  }

  private JavaProcess run(String command, String... more) {
    var arguments =
        new ArrayList<>(List.of(command, "--bootstrap-server", SharedBroker.bootstrapServers()));
    arguments.addAll(List.of(more));
    return sluice.run(arguments.toArray(String[]::new));
  }

  @Test
  void createsSendsAndReceives() {
    JavaProcess created = run("topics", "--create", "--partitions", "2", "quick-a", "quick-b");
    assertThat(created.output())
        .contains("quick-a partitions=2 replicas=1 under-replicated=0", "quick-b partitions=2");
    assertThat(run("topics", "--create", "--partitions", "3", "quick-a").output())
        .contains("quick-a partitions=2");

    assertThat(run("send", "--topic", "quick-a", "value=15", "größer").output())
        .contains("sent 2 to quick-a");

    JavaProcess received = run("receive", "--topic", "quick-a", "--to-end");
    assertThat(received.exitCode()).isZero();
    assertThat(received.output().lines()).contains("value=15", "größer");
  }

  @Test
  void namesATopicThatIsMissing() {
    JavaProcess process = run("send", "--topic", "quick-none", "x");

    assertThat(process.exitCode()).isEqualTo(1);
    assertThat(process.output()).contains("send: Kafka at ", "has no topic 'quick-none'");
  }
}
