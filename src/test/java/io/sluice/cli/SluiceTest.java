package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class SluiceTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    CommandLine commandLine = Sluice.commandLine();
    return commandLine
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "streams",
        "replay",
        "topics",
        "send",
        "receive",
        "check",
        "judge",
        "init",
        "top",
        "positions list",
        "positions show",
        "positions reset",
        "positions export",
        "config push",
        "config pull",
        "config diff",
        "config rollback",
        "completion"
      })
  void everyCommandHasHelp(String command) {
    assertThat(run((command + " --help").split(" "))).isZero();

    assertThat(out.toString()).startsWith("Usage: sluice " + command);
  }

  @Test
  void helpNamesCommandsAndExitCodes() {
    assertThat(run("--help")).isZero();

    assertThat(out.toString()).contains("streams", "Exit codes:", "2  the command line");
  }

  @Test
  void tellsItsVersions() {
    assertThat(run("--version")).isZero();

    assertThat(out.toString()).contains("sluice ", "kafka-clients 4.3.1", "java ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "stream", "--nothing", "streams"})
  void aWrongCommandLineIsToldWithTheUsage(String line) {
    assertThat(run(line.isEmpty() ? new String[0] : new String[] {line})).isEqualTo(2);

    assertThat(err.toString()).contains("sluice");
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void aWrongConfigurationIsToldWithAllItsProblems() throws Exception {
    Path config = Files.writeString(folder.resolve("x.properties"), "range = [20,10]\nthread = 1");

    assertThat(run("streams", "--config", config.toString())).isEqualTo(2);

    assertThat(err.toString()).contains("3 problems", "range = ", "thread is not a known key");
  }

  @Test
  void aTimeThatIsNoneIsTold() {
    assertThat(run("replay", "--bootstrap-server", "a:1", "--since", "yesterday")).isEqualTo(2);

    assertThat(err.toString()).contains("'yesterday' is not a time such as 2026-11-01");
  }

  @Test
  void replayingATopicToItselfIsRefused() {
    assertThat(run("replay", "--bootstrap-server", "a:1", "--from", "t", "--to", "t")).isEqualTo(2);

    assertThat(err.toString()).contains("--from and --to are the same topic");
  }

  @Test
  void aMissingConfigurationIsTold() {
    assertThat(run("streams", "--config", folder.resolve("none").toString())).isEqualTo(2);

    assertThat(err.toString()).endsWith("none: there is no such file.\n");
  }

  @Test
  void aKeyGivenTwiceIsToldWithBothLines() throws Exception {
    Path config = Files.writeString(folder.resolve("x.properties"), "threads = 1\n\nthreads = 2\n");

    assertThat(run("streams", "--config", config.toString())).isEqualTo(2);

    assertThat(err.toString())
        .contains("x.properties: threads is given more than once, in lines 1 and 3.");
  }

  @Test
  void aCleanConfigurationEndsWithZeroAndOneWithMistakesWithOne() throws Exception {
    Path clean = Path.of("conf/topic-validator.conf");
    Path broken = Files.writeString(folder.resolve("x.conf"), "a1.sources = tail\n");

    assertThat(run("check", clean.toString(), "--strict")).isZero();
    assertThat(run("check", broken.toString())).isEqualTo(1);
    assertThat(run("check", folder.resolve("none").toString())).isEqualTo(2);
  }

  @Test
  void warningsAreMistakesWithStrict() {
    String sample = "conf/log-to-kafka.conf"; // whose logs are not here

    assertThat(run("check", sample)).isZero();
    assertThat(run("check", sample, "--strict")).isEqualTo(1);
  }

  @Test
  void aHeapThatIsNoneIsTold() {
    assertThat(run("check", "--heap", "much", "conf/durable.conf")).isEqualTo(2);

    assertThat(err.toString()).contains("'much' is not a size such as 256m");
  }

  @Test
  void theCompletionKnowsEveryCommand() {
    assertThat(run("completion", "bash")).isZero();

    assertThat(out.toString())
        .contains("complete -F _complete_sluice", "positions", "--connect", "rollback");
  }
}
