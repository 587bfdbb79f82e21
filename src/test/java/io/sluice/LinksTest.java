package io.sluice;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Links of our pages to each other: the file is there, and so is the heading. */
final class LinksTest {
  private static final Pattern CODE = Pattern.compile("(?ms)^ *```.*?^ *```|`[^`\n]*`");
  private static final Pattern TARGET =
      Pattern.compile("\\]\\(([^)\\s]+)\\)|(?:src|srcset|href)=\"([^\"]+)\"");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} +(.+)$");

  static Stream<Path> pages() throws IOException {
    var pages = new ArrayList<Path>();
    for (String folder : List.of("docs", ".github", "src")) {
      try (Stream<Path> files = Files.walk(Path.of(folder))) {
        pages.addAll(files.filter(LinksTest::isPage).toList());
      }
    }
    try (Stream<Path> files = Files.list(Path.of(""))) {
      pages.addAll(files.filter(LinksTest::isPage).toList());
    }
    return pages.stream().sorted();
  }

  private static boolean isPage(Path file) {
    return file.toString().endsWith(".md");
  }

  @ParameterizedTest
  @MethodSource("pages")
  void everyLinkLeadsSomewhere(Path page) throws IOException {
    assertThat(links(page)).allSatisfy(link -> assertThat(isThere(page, link)).isTrue());
  }

  @Test
  void everyPageIsReachedFromTheReadme() throws IOException {
    Set<Path> reached = new HashSet<>();
    reach(Path.of("README.md"), reached);

    assertThat(reached)
        .containsAll(pages().filter(page -> page.startsWith("docs")).toList())
        .contains(Path.of("CONTRIBUTING.md"), Path.of("CHANGELOG.md"));
  }

  private static void reach(Path page, Set<Path> reached) throws IOException {
    if (!reached.add(page) || !isPage(page)) {
      return;
    }
    for (String link : links(page)) {
      Path target = target(page, link);
      if (Files.isRegularFile(target)) {
        reach(target, reached);
      }
    }
  }

  /** The links to files of ours; what stands in code is none. */
  private static List<String> links(Path page) throws IOException {
    String text = CODE.matcher(Files.readString(page)).replaceAll("");
    return TARGET
        .matcher(text)
        .results()
        .map((MatchResult link) -> link.group(1) == null ? link.group(2) : link.group(1))
        .filter(link -> !link.matches("[a-z]+:.*"))
        .toList();
  }

  private static boolean isThere(Path page, String link) throws IOException {
    Path target = target(page, link);
    int hash = link.indexOf('#');
    return Files.exists(target) && (hash < 0 || anchors(target).contains(link.substring(hash + 1)));
  }

  private static Path target(Path page, String link) {
    String file = link.replaceFirst("#.*", "");
    Path folder = page.getParent() == null ? Path.of("") : page.getParent();
    return file.isEmpty() ? page : folder.resolve(file).normalize();
  }

  /** As GitHub makes them of headings: of equal ones the second ends in {@code -1}. */
  private static Set<String> anchors(Path page) throws IOException {
    String text =
        Pattern.compile("(?ms)^ *```.*?^ *```").matcher(Files.readString(page)).replaceAll("");
    Set<String> anchors = new HashSet<>();
    for (MatchResult heading : HEADING.matcher(text).results().toList()) {
      String plain =
          heading
              .group(1)
              .strip()
              .toLowerCase(Locale.ROOT)
              .replaceAll("[^\\p{L}\\p{N} _-]", "")
              .replace(' ', '-');
      String anchor = plain;
      for (int i = 1; !anchors.add(anchor); i++) {
        anchor = plain + "-" + i;
      }
    }
    return anchors;
  }
}
