package io.sluice.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whole agents that stand in our pages, for people to copy. */
final class DocumentedAgentsTest {
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```properties\n(.*?)^```");

  @TempDir Path folder;

  static Stream<String> agents() throws IOException {
    try (Stream<Path> pages = Files.walk(Path.of("docs"))) {
      return Stream.concat(Stream.of(Path.of("README.md")), pages.sorted())
          .filter(page -> page.toString().endsWith(".md"))
          .toList()
          .stream()
          .flatMap(DocumentedAgentsTest::agentsOf);
    }
  }

  private static Stream<String> agentsOf(Path page) {
    try {
      return BLOCK
          .matcher(Files.readString(page))
          .results()
          .map((MatchResult block) -> block.group(1))
          .filter(block -> block.contains(".sources = ") && block.contains(".sinks = "))
          .map(block -> "# " + page + "\n" + block);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @MethodSource("agents")
  void aDocumentedAgentIsClean(String agent) throws IOException {
    Path logs = Files.createDirectories(folder.resolve("logs"));
    Files.createFile(logs.resolve("app.log"));
    Path file =
        Files.writeString(folder.resolve("agent.conf"), agent.replace("/var/log/app", "" + logs));

    assertThat(
            AgentCheck.run(new Request(file, Optional.empty(), Optional.empty(), 500, false))
                .lines())
        .containsExactly(file + ": no errors, no warnings");
  }
}
