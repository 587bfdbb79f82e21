package io.sluice;

import io.sluice.config.Setting;
import io.sluice.config.Settings;

/** Writes the settings as the reference page, so that the page says what the parser does. */
final class ReferencePage {
  private final StringBuilder page = new StringBuilder();

  ReferencePage() {
    page.append(
        """
        # Reference

        Every key, made from the declarations that also parse it: `mvn test -Dtest=ReferenceTest
        -Dreference.write=true` rewrites this page.

        A value that does not fit, a missing key and an unknown key are errors; all of them are named
        at once. Lists are separated by spaces or commas. A key that ends in a dot stands for all keys
        that begin with it.
        """);
  }

  /**
   * Adds a component's section.
   *
   * @param introduction one paragraph above the table
   */
  ReferencePage section(String title, String introduction, Settings settings) {
    page.append("\n## ").append(title).append("\n\n").append(introduction.strip()).append("\n\n");
    page.append("| Key | Value | Default | Meaning |\n|---|---|---|---|\n");
    settings.list().forEach(this::row);
    return this;
  }

  @Override
  public String toString() {
    return page.toString();
  }

  private void row(Setting<?> setting) {
    String standard =
        setting
            .defaultText()
            .filter(text -> !text.isEmpty())
            .map(text -> "`" + text + "`")
            .orElse(setting.isRequired() ? "required" : "–");
    String old =
        setting.aliases().isEmpty()
            ? ""
            : " Old name: `" + String.join("`, `", setting.aliases()) + "`.";
    page.append(
        "| `%s` | %s | %s | %s%s |\n"
            .formatted(
                setting.key(), escaped(setting.allowed()), standard, escaped(setting.doc()), old));
  }

  /** Keeps Markdown from reading globs, ranges and place-holders as its own signs. */
  private static String escaped(String text) {
    var escaped = new StringBuilder();
    boolean code = false;
    for (char c : text.toCharArray()) {
      code ^= c == '`';
      if (c == '|' || (!code && "*<[]_".indexOf(c) >= 0)) {
        escaped.append('\\');
      }
      escaped.append(c);
    }
    return escaped.toString();
  }
}
