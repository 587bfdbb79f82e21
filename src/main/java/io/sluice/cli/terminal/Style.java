package io.sluice.cli.terminal;

import java.util.Locale;
import java.util.Map;

/**
 * What the terminal can show.
 *
 * @param color whether colors are wanted
 * @param unicode whether characters beyond ASCII arrive
 */
public record Style(boolean color, boolean unicode) {
  private static final String RESET = "\033[0m";

  /** When to use colors. */
  public enum Color {
    auto,
    always,
    never
  }

  /**
   * By the environment's {@code NO_COLOR} (no-color.org), {@code TERM} and locale.
   *
   * @param terminal whether the output is one
   */
  public static Style of(Color wanted, boolean terminal, Map<String, String> environment) {
    boolean plain =
        !environment.getOrDefault("NO_COLOR", "").isEmpty()
            || environment.getOrDefault("TERM", "").equals("dumb");
    String locale = "";
    for (String name : new String[] {"LC_ALL", "LC_CTYPE", "LANG"}) {
      locale = locale.isEmpty() ? environment.getOrDefault(name, "") : locale;
    }
    String encoding = locale.toLowerCase(Locale.ROOT).replace("-", "");
    return new Style(
        wanted == Color.always || (wanted == Color.auto && terminal && !plain),
        encoding.contains("utf8"));
  }

  public String bold(String text) {
    return colored("1", text);
  }

  public String dim(String text) {
    return colored("2", text);
  }

  public String good(String text) {
    return colored("32", text);
  }

  public String bad(String text) {
    return colored("31", text);
  }

  /** The number in a line that is valid. */
  public String goodMark(String text) {
    return colored("1;32", text);
  }

  /** The number in a line that is not. */
  public String badMark(String text) {
    return colored("1;7;31", text);
  }

  private String colored(String code, String text) {
    return color && !text.isEmpty() ? "\033[" + code + "m" + text + RESET : text;
  }

  public String ellipsis() {
    return unicode ? "…" : "...";
  }

  /** A bar of full and of light blocks. */
  public String bar(int full, int light) {
    return good((unicode ? "█" : "#").repeat(full)) + bad((unicode ? "░" : "-").repeat(light));
  }

  /** What is beside the rows of a histogram that are in the range. */
  public String inRange() {
    return unicode ? "┃" : "|";
  }
}
