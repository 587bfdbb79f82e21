package io.sluice.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The source in a process that was started under {@code LC_ALL=C}, as systemd starts it. */
final class LocaleTest {
  @TempDir Path directory;

  /** The other process: reads all that is there, twice, and prints the lines. */
  public static void main(String[] arguments) {
    try (var agent = new AgentFixture(Path.of(arguments[0]))) {
      agent.set("paths", arguments[0] + "/*.log");
      agent.start().settle().restart().settle();
      agent.lines().forEach(System.out::println);
    }
  }

  @Test
  void everyNameIsReadUnderTheLocaleC() throws Exception {
    line("plain.log", "plain");
    line("%D0%B6.log", "utf8");
    line("b%FC.log", "latin");
    line("%D0%B6.txt", "not looked for");
    line("line%0Abreak.log", "broken");
    assertThat(linesUnder("C")).containsExactlyInAnyOrder("plain", "utf8", "latin", "broken");
  }

  @Test
  void positionsAreTheSameUnderEveryLocale() throws Exception {
    line("%D0%B6.log", "utf8");
    line("b%FC.log", "latin");
    assertThat(linesUnder("C")).hasSize(2);
    assertThat(linesUnder("C.UTF-8")).isEmpty();
    assertThat(Files.readString(directory.resolve("state/positions.json"), UTF_8))
        .contains("/\u0436.log\"", "/b%FC.log\"");
  }

  private void line(String encodedName, String line) throws IOException {
    Files.writeString(Path.of(URI.create(directory.toUri() + encodedName)), line + "\n");
  }

  private List<String> linesUnder(String locale) throws Exception {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            LocaleTest.class.getName(),
            directory.toString());
    builder.environment().put("LC_ALL", locale);
    builder.redirectError(directory.resolve("errors.txt").toFile());
    Process process = builder.start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), UTF_8).lines().toList();
    assertThat(process.waitFor()).as(this::errors).isZero();
    return lines;
  }

  private String errors() {
    try {
      return Files.readString(directory.resolve("errors.txt"));
    } catch (IOException e) {
      return e.toString();
    }
  }
}
