package io.sluice;

import static java.util.function.Predicate.not;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page and the code, against each other. */
final class TroubleshootingTest {
  private static final Path PAGE = Path.of("docs/troubleshooting.md");
  private static final Pattern ENTRY =
      Pattern.compile("^\\*\\*(ERROR|WARN)\\*\\* `([^`]+)`$", Pattern.MULTILINE);

  private static LogMessages code;
  private static List<String> page;

  @BeforeAll
  static void readBoth() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("src/main/java"))) {
      code = LogMessages.in(files.filter(TroubleshootingTest::isOfAnAgent).sorted().toList());
    }
    page =
        ENTRY
            .matcher(Files.readString(PAGE))
            .results()
            .map((MatchResult entry) -> entry.group(1) + " " + entry.group(2))
            .toList();
  }

  /** What the command line finds wrong goes to its user, not to a log. */
  private static boolean isOfAnAgent(Path file) {
    String path = file.toString();
    return path.endsWith(".java") && !path.contains("/cli/") && !path.endsWith("/SourceCheck.java");
  }

  @Test
  void everyErrorAndWarningIsExplained() {
    assertThat(code.messages()).filteredOn(not(LogMessages::isOpaque)).isSubsetOf(page);
  }

  @Test
  void messagesWordedElsewhereAreExplainedToo() {
    assertThat(code.messages())
        .filteredOn(LogMessages::isOpaque)
        .allSatisfy(opaque -> assertThat(page).anyMatch(entry -> fits(entry, opaque)));
  }

  @Test
  void nothingIsExplainedThatTheCodeDoesNotSay() {
    assertThat(page)
        .isNotEmpty()
        .doesNotHaveDuplicates()
        .allMatch(
            entry ->
                code.messages().contains(entry)
                    || code.messages().stream()
                        .filter(LogMessages::isOpaque)
                        .anyMatch(opaque -> fits(entry, opaque)));
  }

  private static boolean fits(String entry, String opaque) {
    String pattern =
        Stream.of(opaque.split("…", -1)).map(Pattern::quote).reduce((a, b) -> a + ".+" + b).get();
    return entry.matches(pattern) && code.isWordedAs(entry);
  }
}
