package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class JudgeCommandTest {
  private static final String OVENS =
      "10:00:00 oven=3 temp=182.4\n"
          + "10:00:01 oven=4 temp=175\n"
          + "10:00:02 oven=3 temp=off\n"
          + "10:00:03 oven=5 door open\n"
          + "10:00:04 oven=4 temp=2.2e2\n";

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private Path log;

  @BeforeEach
  void writeLog() throws Exception {
    log = Files.writeString(folder.resolve("ovens.log"), OVENS);
  }

  private int run(String... arguments) {
    List<String> all = new ArrayList<>(List.of("judge"));
    all.addAll(Arrays.asList(arguments));
    return Sluice.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  private int runOvens(String... arguments) {
    List<String> all =
        new ArrayList<>(List.of("--field", "key:temp", "--range", "[180,220]", log.toString()));
    all.addAll(Arrays.asList(arguments));
    return run(all.toArray(String[]::new));
  }

  @Test
  void showsEachLineWithItsVerdictAndASummary() {
    assertThat(runOvens()).isZero();

    assertThat(out.toString())
        .startsWith(
            "valid                                    10:00:00 oven=3 temp=182.4\n"
                + "BELOW           175           [180,220]  10:00:01 oven=4 temp=175\n"
                + "NOT_A_NUMBER    off           [180,220]  10:00:02 oven=3 temp=off\n"
                + "MISSING                       [180,220]  10:00:03 oven=5 door open\n"
                + "valid                                    10:00:04 oven=4 temp=2.2e2\n")
        .contains("5 lines: 2 valid (40.0%), 3 invalid (60.0%)")
        .contains("range.BELOW", "20.0%")
        .contains("range, field key:temp, range [180,220]: 3 numbers from 175 to 220")
        .contains("p50 182.4");
  }

  @Test
  void marksTheNumberWithinTheLine() {
    assertThat(runOvens("--color", "always", "--only", "invalid")).isZero();

    assertThat(out.toString())
        .contains("temp=\033[1;7;31m175\033[0m\n")
        .doesNotContain("182.4\033[0m\n");
  }

  @Test
  void controlsInALineDoNotReachTheTerminal() throws Exception {
    Files.writeString(log, "temp=\033[2J1 \u202e\n");

    runOvens();

    assertThat(out.toString()).contains("\\u{1b}[2J1", "\\u{202e}").doesNotContain("\033");
  }

  @Test
  void writesOneObjectALine() {
    assertThat(runOvens("--json", "--only", "invalid")).isZero();

    assertThat(out.toString().lines().toList())
        .hasSize(4)
        .startsWith(
            "{\"type\":\"line\",\"file\":\""
                + log
                + "\",\"number\":2,\"offset\":27,\"verdict\":\"invalid\",\"rule\":\"range\","
                + "\"reason\":\"BELOW\",\"value\":\"175\",\"range\":\"[180,220]\","
                + "\"text\":\"10:00:01 oven=4 temp=175\"}")
        .last()
        .asString()
        .startsWith("{\"type\":\"summary\",\"files\":1,\"lines\":5,\"valid\":2,\"invalid\":3,")
        .contains("\"min\":175.0", "\"p50\":182.4", "\"histogram\":[{");
  }

  @Test
  void failsAboveAShareOfInvalidLines() {
    assertThat(runOvens("--summary", "--fail-above", "60")).isZero();
    assertThat(runOvens("--summary", "--fail-above", "59.9")).isEqualTo(1);
    assertThat(runOvens("--fail-above", "101")).isEqualTo(2);
  }

  @Test
  void comparesWithOtherRules() throws Exception {
    Path trial =
        Files.writeString(folder.resolve("trial"), "field = key:temp\nrange = [170,200]\n");

    assertThat(runOvens("--shadow", trial.toString())).isZero();

    assertThat(out.toString())
        .startsWith(
            "BELOW          -> valid           10:00:01 oven=4 temp=175\n"
                + "valid          -> ABOVE           10:00:04 oven=4 temp=2.2e2\n")
        .contains("With the rules on trial 2 lines (40.0%) would go another way.");
  }

  @Test
  void takesRulesAndLinesOfAnAgent() throws Exception {
    Path agent =
        Files.writeString(
            folder.resolve("agent.conf"),
            """
            a1.sources = tail other
            a1.sources.tail.type = io.sluice.source.LogFileSource
            a1.sources.tail.paths = /var/log/ovens/*.log
            a1.sources.tail.multiline.start = ^10:00:0[03]
            a1.sources.tail.headers.paths.site = north
            a1.sources.tail.interceptors = stamp hot site
            a1.sources.tail.interceptors.stamp.type = timestamp
            a1.sources.tail.interceptors.hot.type = io.sluice.interceptor.RangeInterceptor$Builder
            a1.sources.tail.interceptors.hot.field = key:temp
            a1.sources.tail.interceptors.hot.max = 220
            a1.sources.tail.interceptors.hot.onMissing = drop
            a1.sources.tail.interceptors.site.type = io.sluice.interceptor.RangeInterceptor$Builder
            a1.sources.tail.interceptors.site.field = header:site
            a1.sources.tail.interceptors.site.range = [0,1]
            """);

    assertThat(run("--config", agent.toString(), log.toString())).isZero();

    assertThat(err.toString())
        .isEqualTo("judge: interceptor 'stamp' is not of Sluice and is not run.\n");
    assertThat(out.toString())
        .startsWith(
            "range.NOT_A_NUMBER    north         [0,1]   10:00:00 oven=3 temp=182.4 \\n"
                + " 10:00:01 oven=4 temp=175 \\n"
                + " 10:00:02 oven=3 temp=off\n")
        .contains("2 lines: 0 valid (0.0%), 2 invalid (100.0%)");
    assertThat(run("--config", agent.toString(), "--interceptor", "hot", log.toString())).isZero();
    assertThat(out.toString()).contains("2 lines: 2 valid (100.0%), 0 invalid (0.0%)");
  }

  @Test
  void runsTheTestsOfRules() throws Exception {
    Path rules =
        Files.writeString(
            folder.resolve("rules"),
            """
            field = key:t
            range = [10,20]
            tests.good.line = t=15
            tests.good.expect = valid
            tests.cold.line = t=15
            tests.cold.expect = BELOW
            """);

    assertThat(run("--rules", rules.toString(), "--test")).isEqualTo(1);

    assertThat(out.toString())
        .isEqualTo("FAIL  cold: expected BELOW, is valid\nok    good: valid\n2 tests, 1 failed\n");
    assertThat(run("--rules", rules.toString(), log.toString())).isEqualTo(2);
    assertThat(err.toString()).contains("tests.cold.expect = \"BELOW\", but by these rules");
  }

  @Test
  void readsStandardInputAndCompressedFiles() throws Exception {
    Path zipped = folder.resolve("old.log.gz");
    try (var gzip = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      gzip.write(OVENS.getBytes(StandardCharsets.US_ASCII));
    }
    InputStream before = System.in;
    System.setIn(new ByteArrayInputStream("temp=200".getBytes(StandardCharsets.US_ASCII)));
    try {
      assertThat(runOvens("--summary", zipped.toString(), "-")).isZero();
    } finally {
      System.setIn(before);
    }

    assertThat(out.toString()).contains("11 lines in 3 files: 5 valid");
  }

  @Test
  void aTruncatedArchiveIsJudgedAsFarAsItGoes() throws Exception {
    Path zipped = folder.resolve("old.log.gz");
    try (var gzip = new GZIPOutputStream(Files.newOutputStream(zipped), true)) {
      gzip.write(OVENS.getBytes(StandardCharsets.US_ASCII));
      gzip.flush();
    }
    byte[] whole = Files.readAllBytes(zipped);
    Files.write(zipped, Arrays.copyOf(whole, whole.length - 12));

    assertThat(run("--field", "key:temp", "--range", "[0,1]", zipped.toString())).isEqualTo(2);

    assertThat(err.toString()).contains("old.log.gz: the compressed file ends in the middle");
    assertThat(out.toString()).contains("lines: 0 valid");
  }

  @Test
  void whatCannotBeReadIsToldAndTheRestIsJudged() {
    assertThat(runOvens(folder.toString(), folder.resolve("none").toString())).isEqualTo(2);

    assertThat(err.toString())
        .contains("is a directory; name its files, such as " + folder + "/*.log.")
        .contains("none: there is no such file.");
    assertThat(out.toString()).contains("5 lines: 2 valid");
  }

  @Test
  void aSelectorThatFindsNothingIsToldWithWhatIsThere() throws Exception {
    run("--field", "key:value", "--range", "[10,20]", log.toString());
    Path json = Files.writeString(folder.resolve("a.json"), "{\"m\":{\"t\":1},\"n\":\"x\"}\n");
    run("--field", "json:/t", "--range", "[10,20]", json.toString());

    assertThat(out.toString())
        .contains("note: range: no line has key `value`; frequent keys: oven, temp")
        .contains("note: range: no line has `/t`; frequent pointers: /m/t, /n");
  }

  @Test
  void aBinaryFileIsNoted() throws Exception {
    Files.write(log, "temp=1\n".getBytes(StandardCharsets.UTF_16LE));

    runOvens();

    assertThat(out.toString()).contains("note: " + log + " has NUL bytes");
  }

  @Test
  void aLineLongerThanAnyBufferIsInvalidAsInAnAgent() throws Exception {
    Files.writeString(log, "temp=200 " + "x".repeat(3_000_000) + "\ntemp=200\n");

    runOvens("--summary");

    assertThat(out.toString()).contains("source.TOO_LONG").contains("1 valid (50.0%)");
  }

  @Test
  void rulesAreGivenInOneWay() {
    assertThat(run(log.toString())).isEqualTo(2);
    assertThat(runOvens("--rules", "x")).isEqualTo(2);
    assertThat(runOvens("--interceptor", "x")).isEqualTo(2);
    assertThat(run("--field", "key:t", "--range", "[2,1]", log.toString())).isEqualTo(2);

    assertThat(err.toString())
        .contains(
            "Give rules in one way", "go with --config", "the end 1 is less than the start 2");
  }
}
