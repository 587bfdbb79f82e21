package io.sluice.suite;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The rules of CONTRIBUTING.md that keep tests independent, as far as their text shows it. */
final class TestRulesTest {
  private static final Map<Pattern, String> FORBIDDEN =
      Map.of(
          Pattern.compile("import static org\\.awaitility\\.Awaitility\\.await;"),
          "wait with Patience.await: its limit suits slow machines",
          Pattern.compile("(?<![/\\w])Thread\\.sleep\\([a-z0-9]"),
          "wait for a condition, or Patience.pass where time itself is the trouble",
          Pattern.compile("@TestMethodOrder"),
          "each test must pass by itself",
          Pattern.compile("EnabledIfSystemProperty\\(\\s*named = \"sluice.soak\""),
          "use @Soak: the summary says how to run it");

  @Test
  void testsDependOnNeitherSpeedNorOrder() throws IOException {
    List<String> found = new ArrayList<>();
    for (String root : List.of("src/test/java", "src/it/java")) {
      try (Stream<Path> files = Files.walk(Path.of(root))) {
        for (Path file :
            files
                .filter(each -> each.toString().endsWith(".java") && !isOfTheSuite(each))
                .toList()) {
          String text = Files.readString(file);
          FORBIDDEN.forEach(
              (pattern, instead) -> {
                if (pattern.matcher(text).find()) {
                  found.add(file + ": " + instead);
                }
              });
        }
      }
    }

    assertThat(found).isEmpty();
  }

  private static boolean isOfTheSuite(Path file) {
    return file.toString().contains("/suite/");
  }
}
