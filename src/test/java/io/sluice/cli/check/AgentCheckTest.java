package io.sluice.cli.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class AgentCheckTest {
  @TempDir Path folder;

  static Stream<Path> samples() throws IOException {
    return Files.list(Path.of("conf")).filter(file -> file.toString().endsWith(".conf")).sorted();
  }

  private static Report check(Path file) {
    return check(file, Optional.empty());
  }

  private static Report check(Path file, Optional<String> agent) {
    return AgentCheck.run(new Request(file, agent, Optional.empty(), 500, false));
  }

  private Path write(String... lines) throws IOException {
    return Files.write(folder.resolve("agent.conf"), List.of(lines));
  }

  private static String[] sequenceTo(String channel) {
    return new String[] {
      "a1.sources = s",
      "a1.channels = c",
      "a1.sinks = k",
      "a1.sources.s.type = seq",
      "a1.sources.s.channels = c",
      "a1.channels.c.type = " + channel,
      "a1.sinks.k.type = logger",
      "a1.sinks.k.channel = c"
    };
  }

  @ParameterizedTest
  @MethodSource("samples")
  void everySampleIsClean(Path sample) throws IOException {
    Files.createFile(folder.resolve("app.log"));
    String text =
        Files.readString(sample)
            .replace("/var/log/app", folder.toString())
            .replace("/var/log/containers", folder.toString());
    Path copy = Files.writeString(folder.resolve("sample.conf"), text);
    Files.copy(Path.of("conf/flume-env.sh"), folder.resolve("flume-env.sh"));

    String unfilled = ": not checked: 1 value with ${...}, which Flume fills in at its start";
    String clean = ": no errors, no warnings";
    List<String> verdict = text.contains("${") ? List.of(unfilled, clean) : List.of(clean);
    assertThat(check(copy).lines().stream().map(line -> line.replace(copy.toString(), "")))
        .containsExactlyElementsOf(verdict);
  }

  @Test
  void rulesThatFailTheirOwnTestsAreAMistake() throws IOException {
    Path file =
        Files.write(
            folder.resolve("tests.conf"),
            Stream.concat(
                    Stream.of(sequenceTo("memory")),
                    Stream.of(
                        "a1.sources.s.interceptors = i",
                        "a1.sources.s.interceptors.i.type = "
                            + "io.sluice.interceptor.RangeInterceptor$Builder",
                        "a1.sources.s.interceptors.i.field = key:t",
                        "a1.sources.s.interceptors.i.range = [10,20]",
                        "a1.sources.s.interceptors.i.tests.cold.line = t=15",
                        "a1.sources.s.interceptors.i.tests.cold.expect = BELOW"))
                .toList());

    assertThat(check(file).lines())
        .contains(
            file
                + ":14: error: source 's', interceptor 'i': tests.cold.expect = \"BELOW\", but by"
                + " these rules that line is valid.");
  }

  @Test
  void anInterceptorThatMayReplaceEventsIsAWarning() throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(Path.of("conf/log-to-kafka.conf")));
    String source = "a1.sources.tail.";
    lines.removeIf(line -> line.startsWith(source + "interceptors "));
    lines.add(source + "interceptors = range mine uuid morphline stamp");
    lines.add(source + "interceptors.mine.type = com.example.Mine$Builder");
    String solr = "org.apache.flume.sink.solr.morphline.";
    lines.add(source + "interceptors.uuid.type = " + solr + "UUIDInterceptor$Builder");
    lines.add(source + "interceptors.morphline.type = " + solr + "MorphlineInterceptor$Builder");
    lines.add(source + "interceptors.stamp.type = timestamp");

    List<String> warnings =
        check(write(lines.toArray(String[]::new))).lines().stream()
            .filter(line -> line.contains("not known to change the events"))
            .toList();

    assertThat(warnings).hasSize(2);
    assertThat(warnings.get(0)).contains("com.example.Mine$Builder");
    assertThat(warnings.get(1)).contains("MorphlineInterceptor$Builder");
  }

  @Test
  void anotherAgentOfTheFileIsLeftAlone() throws IOException {
    Path file =
        Files.write(
            folder.resolve("two.conf"),
            Stream.concat(
                    Stream.of(sequenceTo("file")), Stream.of("a2.sources = x", "a2.channels = y"))
                .toList());

    assertThat(check(file, Optional.of("a1")).errors()).isZero();
    assertThat(check(file, Optional.of("a2")).errors()).isPositive();
  }

  @Test
  void anAgentThatIsNotThereIsTold() throws IOException {
    Path file = write(sequenceTo("file"));

    assertThat(check(file, Optional.of("a7")).lines())
        .contains(file + ": error: file: there is no agent 'a7' in it; the nearest is a1.");
  }

  @Test
  void aFileWithoutAnyAgentIsTold() throws IOException {
    assertThat(check(write("# nothing")).lines().get(0))
        .contains("it configures no agent: there is no AGENT.sources and the like.");
  }

  @Test
  void theHeapIsThatOfFlumeEnvBesideTheFile() throws IOException {
    Path file = write(sequenceTo("memory\na1.channels.c.capacity = 200000"));
    assertThat(check(file).errors()).isZero();

    Files.writeString(
        folder.resolve("flume-env.sh"), "# -Xmx4g\nexport JAVA_OPTS=\"-Xms64m -Xmx64m\"\n");

    assertThat(check(file).findings())
        .extracting(Finding::message)
        .contains(
            "capacity = 200000 with lines of 500 bytes needs about 133 MB; the heap has 64 MB"
                + " (flume-env.sh).");
  }

  @Test
  void bodiesOfTheGatewayAreComparedWithTheHeap() throws IOException {
    Files.writeString(folder.resolve("flume-env.sh"), "JAVA_OPTS=-Xmx64m\n");
    String agent =
        """
        a1.sources = s
        a1.channels = c
        a1.sinks = k
        a1.sources.s.type = io.sluice.gateway.GatewaySource
        a1.sources.s.channels = c
        a1.sources.s.maxBodyBytes = %d
        a1.channels.c.type = memory
        a1.sinks.k.type = null
        a1.sinks.k.channel = c
        """;

    assertThat(check(write(agent.formatted(16 << 20))).findings())
        .extracting(Finding::message)
        .contains(
            "maxBodyBytes = 16777216 is more than an eighth of the heap (64 MB, flume-env.sh):"
                + " bodies longer than 8388608 are answered 413.");
    assertThat(check(write(agent.formatted(1 << 20))).findings())
        .extracting(Finding::message)
        .contains(
            "100 bodies of 1048576 bytes are 100 MB; they have an eighth of the heap (64 MB,"
                + " flume-env.sh), and what is beyond is answered 503.");
    assertThat(check(write(agent.formatted(1 << 10))).findings())
        .noneMatch(finding -> finding.message().contains("eighth"));
  }

  @Test
  void charactersThatFlumeWouldReadOtherwiseAreTold() throws IOException {
    Path file = write(sequenceTo("file\na1.channels.c.dataDirs = /größe\n# größe\n"));

    assertThat(check(file).findings())
        .filteredOn(finding -> finding.message().contains("beyond ASCII"))
        .extracting(Finding::line)
        .containsExactly(7);
  }

  @Test
  void aTextThatIsNoPropertiesFileIsRefusedWithItsLine() throws IOException {
    Path file = write("a1.sources = s", "a1.x = \\u00");

    assertThatThrownBy(() -> check(file))
        .isInstanceOf(ConfigurationException.class)
        .hasMessage(
            file + ":2: a \\u without four hexadecimal digits; Flume would not read the file.");
  }

  @Test
  void namesOfASelectorMustBeChannelsOfTheSource() throws IOException {
    Path file = write(sequenceTo("file\na1.sources.s.selector.mapping.x = d"));

    assertThat(check(file).lines())
        .contains(
            file
                + ":7: error: source 's': selector.mapping.x = \"d\": channels does not name 'd'.");
  }

  @Test
  void jsonHoldsWhatTheLinesSay() throws IOException {
    Path file = write(sequenceTo("memry"));

    assertThat(check(file).json())
        .contains("\"errors\" : 1", "\"line\" : 6", "\"severity\" : \"error\"")
        .contains("\"component\" : \"channel 'c'\"", "the nearest is memory");
  }

  @Test
  void aSecretIsMaskedWhereverItTurnsUp() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("secret.conf"),
            String.join("\n", sequenceTo("file"))
                + "\na1.sinks.k.password = opensesame\na1.sources.s.batchSize = opensesame\n",
            StandardCharsets.UTF_8);

    String said = check(file).json() + check(file).lines();

    assertThat(said).doesNotContain("opensesame").contains("batchSize = \\\"***\\\"");
  }
}
