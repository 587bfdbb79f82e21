package io.sluice.validate;

import java.util.regex.Pattern;

/** The notation of fields: {@code body}, or a kind and its argument with a colon between. */
final class Selectors {
  static final String ALLOWED =
      "body, key:NAME, json:/POINTER, csv:COLUMN, regex:PATTERN or header:NAME";

  /** The whole line. */
  static final Selector BODY = (line, headers, rule) -> rule.found(line, 0, line.length);

  private static final Pattern LOGFMT_KEY = Pattern.compile("[^\\s=\"]+");

  private Selectors() {}

  /**
   * @throws IllegalArgumentException whose message, if there is one, says what is wrong
   */
  static Selector parse(String text) {
    if (text.equals("body")) {
      return BODY;
    }
    int colon = text.indexOf(':');
    if (colon < 0) {
      throw new IllegalArgumentException();
    }
    String argument = text.substring(colon + 1);
    return switch (text.substring(0, colon)) {
      case "key" -> key(argument);
      case "json" -> new JsonSelector(new JsonPath(argument));
      case "csv" -> CsvSelector.parse(argument);
      case "regex" -> RegexSelector.parse(argument);
      case "header" -> header(argument);
      default -> throw new IllegalArgumentException();
    };
  }

  private static Selector key(String name) {
    if (!LOGFMT_KEY.matcher(name).matches()) {
      throw new IllegalArgumentException("a key has no white space, = or \" in it");
    }
    return new KeySelector(name);
  }

  private static Selector header(String name) {
    if (name.isBlank()) {
      throw new IllegalArgumentException("the name of the header is missing");
    }
    return new HeaderSelector(name);
  }
}
