package io.sluice.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations that are broken in one way each, with what is said of them at their end, behind
 * {@code #>}. The agent has a heap of 64 MB, {@code /FOLDER} is the one that they lie in.
 */
final class BrokenConfigurationsTest {
  private static final Path CONFIGURATIONS = Path.of("src/test/resources/check");
  private static final String EXPECTED = "#> ";

  @TempDir Path folder;

  static Stream<Path> configurations() throws IOException {
    return Files.list(CONFIGURATIONS).sorted();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void everyMistakeIsToldWithItsLine(Path configuration) throws IOException {
    Path copy = folder.resolve(configuration.getFileName());
    Files.createFile(folder.resolve("app.log"));
    Files.writeString(copy, Files.readString(configuration).replace("/FOLDER", folder.toString()));

    Report report =
        AgentCheck.run(
            new Request(copy, Optional.empty(), Optional.of(Request.bytes("64m")), 500, false));

    assertThat(said(report, copy)).containsExactlyElementsOf(expected(configuration));
  }

  private List<String> said(Report report, Path copy) {
    return report.lines().stream()
        .map(line -> line.replace(copy + ":", "").strip().replace(folder.toString(), "/FOLDER"))
        .toList();
  }

  private static List<String> expected(Path configuration) throws IOException {
    return Files.readAllLines(configuration).stream()
        .filter(line -> line.startsWith(EXPECTED))
        .map(line -> line.substring(EXPECTED.length()))
        .toList();
  }
}
