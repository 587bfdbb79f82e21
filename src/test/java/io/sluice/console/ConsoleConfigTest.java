package io.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.config.ConfigurationException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConsoleConfigTest {
  private static final String TOKEN = "0123456789abcdef";

  @Test
  void allDefaults() {
    assertThat(ConsoleConfig.parse(Map.of("type", "io.sluice.console.Console")))
        .isEqualTo(new ConsoleConfig("127.0.0.1", 41414, Optional.empty(), 50));
  }

  @Test
  void everyKeyIsSetToSomethingElse(@TempDir Path folder) throws IOException {
    assertThat(ConsoleConfig.parse(Map.of("host", "::1", "port", "0", "token", TOKEN)))
        .isEqualTo(new ConsoleConfig("::1", 0, Optional.of(TOKEN), 50))
        .hasToString("[::1]:0");
    Path file = Files.writeString(folder.resolve("token"), TOKEN + "\n");
    assertThat(ConsoleConfig.parse(Map.of("tokenFile", file.toString())).token()).contains(TOKEN);
  }

  @Test
  void everyMistakeIsNamedAndNoTokenShown() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                ConsoleConfig.parse(
                    Map.of("hots", "x", "port", "70000", "tokenFile", "/nowhere/token")))
        .withMessageContaining("console: 3 problems")
        .withMessageContaining("flume.monitoring.hots is not a known key; the nearest is")
        .withMessageContaining("flume.monitoring.port = \"70000\" is not a whole number from 0")
        .withMessageContaining("flume.monitoring.tokenFile = \"/nowhere/token\" cannot be read")
        .withMessageContaining("the agent runs on without its console");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ConsoleConfig.parse(Map.of("token", "2short")))
        .withMessageContaining("16 or more visible ASCII characters")
        .matches(e -> !e.getMessage().contains("2short"));
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(() -> ConsoleConfig.parse(Map.of("token", TOKEN, "tokenFile", "/x")))
        .withMessageContaining("are both set");
  }

  @Test
  void knowsWhetherOnlyThisMachineCanReachIt() {
    assertThat(new ConsoleConfig("127.0.0.1", 1, Optional.empty(), 50).isLoopback()).isTrue();
    assertThat(new ConsoleConfig("0.0.0.0", 1, Optional.empty(), 50).isLoopback()).isFalse();
  }
}
