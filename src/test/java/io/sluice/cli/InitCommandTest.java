package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.check.AgentCheck;
import io.sluice.cli.check.Report;
import io.sluice.cli.check.Request;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class InitCommandTest {
  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("init", "--out", conf().toString()));
    all.addAll(Arrays.asList(arguments));
    return Sluice.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private Path conf() {
    return folder.resolve("agent.conf");
  }

  private Path log(String name, IntFunction<String> line) throws Exception {
    String text = IntStream.range(0, 200).mapToObj(line).collect(Collectors.joining("\n"));
    return Files.writeString(folder.resolve(name), text + "\n");
  }

  private String written() throws Exception {
    Report report =
        AgentCheck.run(new Request(conf(), Optional.empty(), Optional.of(256L << 20), 500, false));
    assertThat(report.lines()).containsExactly(conf() + ": no errors, no warnings");
    return Files.readString(conf());
  }

  @Test
  void findsTheNumberInPairs() throws Exception {
    Path log =
        log("app.log", i -> "10:00:00 pid=%d temp=%d.5 on=yes".formatted(7_000 + i, 180 + i % 40));

    assertThat(run(log.toString(), "--bootstrap-server", "kafka1:9092")).isZero();

    assertThat(written())
        .contains("a1.sources.tail.paths = " + folder + "/app.log*\n")
        .contains("A PROPOSAL")
        .contains("range.field = key:temp\n", "range.range = [180,220]\n")
        .contains("kafka.bootstrap.servers = kafka1:9092\n")
        .contains("guarantee = exactly-once\n", "deliveryId = ");
    assertThat(out.toString())
        .contains("200 lines", "pairs, name=value", "key:temp", "100% of the lines, 180.5 to 219.5")
        .contains("sluice topics --bootstrap-server kafka1:9092 --create raw-messages");
  }

  @Test
  void findsTheNumberInJson() throws Exception {
    Path log = log("a.json", i -> "{\"at\":\"x\",\"m\":{\"ms\":%d}}".formatted(i));

    assertThat(run(log.toString())).isZero();

    assertThat(written()).contains("range.field = json:/m/ms\n");
  }

  @Test
  void findsTheNumberInColumnsWithNames() throws Exception {
    Path log =
        log(
            "a.csv",
            i -> i == 0 ? "host;load;note" : "web%d;0.%d;\"a;b\"".formatted(i, i % 90 + 10));

    assertThat(run(log.toString())).isZero();

    assertThat(written())
        .contains("range.field = csv:load\n", "range.csv.header = host,load,note\n")
        .contains("range.csv.delimiter = ;\n");
  }

  @Test
  void findsTheNumberBehindAWordAndLinesThatBelongTogether() throws Exception {
    Path log =
        log(
            "app.log",
            i ->
                i % 4 == 0
                    ? "2026-11-01 10:00:%02d,123 INFO [id-%d] Query took: %dms"
                        .formatted(i % 60, i, i)
                    : "\tat io.example.Class.method(Class.java:" + i + ")");

    assertThat(run(log.toString(), "--guarantee", "at-least-once")).isZero();

    assertThat(written())
        .contains("multiline.start = ^\\\\[?[0-9]{4}-")
        .contains("range.field = regex:took: ([-+0-9.]+)\n")
        .contains("guarantee = at-least-once\n")
        .doesNotContain("deliveryId");
  }

  @Test
  void linesWithoutNumbersAreShippedUnchecked() throws Exception {
    Path log = log("app.log", i -> "hello world");

    assertThat(run(log.toString())).isZero();

    assertThat(written()).contains("# a1.sources.tail.interceptors = range\n");
    assertThat(out.toString()).contains("No field with numbers was found");
  }

  @Test
  void namesAreWrittenAsFlumeReadsThem() throws Exception {
    Path log = log("\u017c [1], b.log", i -> "t=" + i);

    assertThat(run(log.toString())).isZero();

    assertThat(written()).contains("/\\u017C?\\\\[1\\\\]??b.log*\n");
  }

  @Test
  void filesOfOneKindBecomeOneGlob() throws Exception {
    log("a.log", i -> "t=" + i);
    log("b.log", i -> "t=" + i);

    assertThat(run(folder + "/*.log")).isZero();

    assertThat(written()).contains("paths = " + folder + "/*.log*\n");
  }

  @Test
  void overwritesOnlyWhenTold() throws Exception {
    Path log = log("a.log", i -> "t=" + i);
    Files.writeString(conf(), "mine");

    assertThat(run(log.toString())).isEqualTo(2);
    assertThat(Files.readString(conf())).isEqualTo("mine");
    assertThat(err.toString()).contains("agent.conf exists already; use --force");
    assertThat(run(log.toString(), "--force", "--field", "key:t", "--range", "(0,1)")).isZero();
    assertThat(written()).contains("range.range = (0,1)\n").doesNotContain("PROPOSAL");
  }

  @Test
  void aWrongRangeIsToldByTheCheck() throws Exception {
    Path log = log("a.log", i -> "t=" + i);

    assertThat(run(log.toString(), "--field", "key:t", "--range", "[2,1]")).isEqualTo(1);

    assertThat(out.toString()).contains("error: source 'tail', interceptor 'range': range");
  }

  @Test
  void whatCannotBeReadIsTold() throws Exception {
    Files.createFile(folder.resolve("empty.log"));

    assertThat(run(folder.toString())).isEqualTo(2);
    assertThat(run(folder.resolve("none").toString())).isEqualTo(2);
    assertThat(run(folder.resolve("empty.log").toString())).isEqualTo(2);
    assertThat(err.toString())
        .contains("is a directory; name its files", "there is no such file", "there is no line in");
  }
}
