package io.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import io.sluice.http.HttpConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keys that the gateway has too are tested in HttpConfigTest. */
final class ConsoleConfigTest {
  private static final String TOKEN = "0123456789abcdef";
  private final Problems problems = new Problems("console");

  private HttpConfig parse(Map<String, String> given) {
    return ConsoleConfig.parse("flume.monitoring.", given, problems).http();
  }

  @Test
  void allDefaults() {
    HttpConfig config = parse(Map.of("type", "io.sluice.console.Console"));

    assertThat(problems.errors()).isEmpty();
    assertThat(config.url(config.port())).isEqualTo("http://127.0.0.1:41414/");
    assertThat(config.token()).isEmpty();
  }

  @Test
  void everyKeyIsSetToSomethingElse(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    HttpConfig config = parse(Map.of("host", "::1", "port", "0", "tokenFile", file.toString()));

    assertThat(problems.errors()).isEmpty();
    assertThat(config.url(81)).isEqualTo("http://[::1]:81/");
    assertThat(config.token().orElseThrow().isIn("Bearer " + TOKEN)).isTrue();
  }

  @Test
  void everyMistakeIsNamedAsItIsWritten() {
    parse(Map.of("hots", "x", "port", "70000", "tokenFile", "/nowhere/token"));

    assertThat(problems.describe())
        .contains("console: 3 problems")
        .contains("flume.monitoring.hots is not a known key; the nearest is")
        .contains("flume.monitoring.port = \"70000\" is not a whole number from 0")
        .contains("flume.monitoring.tokenFile = \"/nowhere/token\" cannot be read");
  }

  @Test
  void metricsOfFilesAreBounded() {
    assertThat(ConsoleConfig.parse("flume.monitoring.", Map.of(), problems).fileMetrics())
        .isEqualTo(50);
    assertThat(
            ConsoleConfig.parse("flume.monitoring.", Map.of("fileMetrics", "0"), problems)
                .fileMetrics())
        .isZero();
  }
}
