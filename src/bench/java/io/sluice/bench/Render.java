package io.sluice.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Writes the tables and charts of the README and of {@code docs/} from the recorded results. */
final class Render {
  private static final Path DOCS = Path.of("docs");
  private static final Path RECORDED = DOCS.resolve("performance");
  private static final String NOT_YET = "Not measured yet: `bin/bench --suite %s`.";

  private Render() {}

  /** No arguments. */
  public static void main(String[] arguments) throws IOException {
    new Page(Path.of("README.md")).write(Render::content);
    new Page(DOCS.resolve("performance.md")).write(Render::content);
    new Page(DOCS.resolve("scaling.md")).write(Render::content);
  }

  /** What stands in a block: {@code bars}, or one of the others and the suite it is about. */
  private static String content(String name) {
    String[] words = name.split(" ");
    String suite = words[words.length - 1];
    Results results = recorded(suite);
    return switch (words[0]) {
      case "bars" ->
          "| | bar | measured | met |\n|---|---:|---:|---|\n"
              + Bar.all(recorded("bars")).stream().map(Bar::row).collect(Collectors.joining());
      case "headline" -> new Headline(recorded("bars")).table();
      case "costs" -> new Scaling(recorded("bars"), recorded("streams")).costs();
      case "needs" -> new Scaling(recorded("bars"), recorded("streams")).needs();
      default ->
          results.runs().isEmpty() ? NOT_YET.formatted(suite) : shown(words[0], suite, results);
    };
  }

  private static String shown(String what, String suite, Results results) {
    return switch (what) {
      case "circumstances" -> circumstances(results);
      case "tables" -> new Tables(results).all();
      case "charts" -> charts(suite, results);
      default -> throw new IllegalArgumentException("no block " + what + " " + suite);
    };
  }

  private static String circumstances(Results results) {
    return results.circumstances().stream()
        .filter(line -> !line.startsWith("part "))
        .map(line -> "- " + line.replaceFirst("^command: (.*)$", "command: `$1`"))
        .collect(Collectors.joining("\n"));
  }

  private static String charts(String suite, Results results) {
    try {
      return new Charts(RECORDED, suite, results).write();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Results recorded(String suite) {
    try {
      return Results.read(RECORDED.resolve(suite + ".csv"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
