package io.sluice.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** What somebody does with {@code bin/sluice} who looks after a real agent. */
final class OperatorIT {
  private static final int LINES = 1_000;

  @TempDir Path folder;
  private CommandLineTool sluice;
  private Pipeline pipeline;
  private String prefix;

  @BeforeEach
  void unpack(TestInfo test) {
    sluice = new CommandLineTool(folder.resolve("tool"));
    prefix = test.getTestMethod().orElseThrow().getName() + "-";
  }

  @AfterEach
  void close() {
    pipeline.close();
    sluice.close();
  }

  private void start(String sample) {
    pipeline =
        new Pipeline(sample, folder, SharedBroker.bootstrapServers())
            .prefixTopics(prefix)
            .createTopics();
    pipeline.log().appendReadings(0, LINES);
    pipeline.start().awaitAll();
  }

  private JavaProcess positions(List<String> place, String command, String... more) {
    var arguments = new ArrayList<>(List.of("positions", command));
    arguments.addAll(place);
    arguments.addAll(List.of(more));
    return sluice.run(arguments.toArray(String[]::new));
  }

  @Test
  void checksAnAgentAndResetsItWhileItIsStoppedOrByForce() {
    start("log-to-kafka.conf");
    Path conf = folder.resolve("agent/conf/agent.conf");
    List<String> place =
        List.of(
            "--bootstrap-server", SharedBroker.bootstrapServers(), "--delivery-id", prefix + "1");

    JavaProcess check = sluice.run("check", "--connect", "--strict", conf.toString());
    assertThat(check.output()).endsWith("agent.conf: no errors, no warnings\n");
    assertThat(check.exitCode()).isZero();

    JavaProcess listed = positions(place, "list");
    assertThat(listed.output())
        .contains("DELIVERY-ID", prefix + "1", "same", pipeline.log().path().toString());
    JavaProcess refused = positions(place, "reset", "--all", "--to", "beginning");
    assertThat(refused.output()).contains("reset: refused, nothing was changed: ");
    assertThat(refused.exitCode()).isEqualTo(3);

    assertThat(pipeline.agent().terminate()).isTrue();
    JavaProcess reset = positions(place, "reset", "--all", "--to", "beginning", "--force");
    assertThat(reset.output()).contains(" -> 0");
    pipeline.start();
    pipeline.topics().awaitCount(pipeline.raw(), 2 * LINES);
    assertThat(pipeline.rawTally()).hasToString("written=1000 arrived=2000 lost=0 duplicates=1000");

    assertThat(positions(place, "reset", "--all", "--to", "end", "--force").exitCode()).isZero();
    pipeline.log().appendReadings(LINES, LINES + 100);
    pipeline.agent().awaitLog("fenced by a newer producer");
    assertThat(pipeline.rawTally())
        .hasToString("written=1100 arrived=2000 lost=100 duplicates=1000");
  }

  @Test
  void resetsThePositionFileOfAStoppedAgentOnly() {
    start("at-least-once.conf");
    String log = pipeline.log().path().toString();
    List<String> place = List.of("--file", pipeline.config().get("a1.sources.tail.positionFile"));

    JavaProcess refused = positions(place, "reset", "--path", log, "--to", "beginning");
    assertThat(refused.output()).contains("a running source has locked");
    assertThat(refused.exitCode()).isEqualTo(3);

    assertThat(pipeline.agent().terminate()).isTrue();
    assertThat(positions(place, "show", log).output()).contains("0 are behind the position");
    assertThat(positions(place, "reset", "--path", log, "--to", "beginning").output())
        .contains(log + ": ", " -> 0");
    pipeline.start();
    pipeline.topics().awaitCount(pipeline.raw(), 2 * LINES);
    assertThat(pipeline.rawTally()).hasToString("written=1000 arrived=2000 lost=0 duplicates=1000");
  }
}
