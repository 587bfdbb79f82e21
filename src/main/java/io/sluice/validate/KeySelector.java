package io.sluice.validate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * The value of {@code name=value} in a line of such pairs (logfmt) or of words and pairs.
 *
 * <p>A name starts the line or follows white space. A value ends at white space, or, if it starts
 * with a quote, at the next quote without a backslash before it; so pairs in a quoted value are not
 * seen. One comma or semicolon at the end of an unquoted value does not belong to it. The first
 * pair of that name counts. A quote without end before that pair makes the line unparsable.
 */
final class KeySelector implements Selector {
  private final byte[] name;

  KeySelector(String name) {
    this.name = name.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public Verdict select(byte[] line, HeaderLookup headers, Rule rule) {
    int at = Blanks.skip(line, 0, line.length);
    while (at < line.length) {
      int word = at;
      while (at < line.length && line[at] != '=' && !Blanks.isBlank(line[at])) {
        at++;
      }
      if (at < line.length && line[at] == '=') {
        int value = at + 1;
        boolean wanted = Arrays.equals(line, word, at, name, 0, name.length);
        boolean quoted = value < line.length && line[value] == '"';
        at = quoted ? closingQuote(line, value + 1) : Blanks.find(line, value, line.length);
        if (at < 0) {
          return rule.unparsable();
        }
        if (wanted) {
          return quoted
              ? rule.found(line, value + 1, at)
              : rule.found(line, value, withoutSeparator(line, value, at));
        }
        at = quoted ? Blanks.find(line, at + 1, line.length) : at;
      }
      at = Blanks.skip(line, at, line.length);
    }
    return rule.missing();
  }

  private static int closingQuote(byte[] line, int from) {
    for (int at = from; at < line.length; at++) {
      if (line[at] == '\\') {
        at++;
      } else if (line[at] == '"') {
        return at;
      }
    }
    return -1;
  }

  private static int withoutSeparator(byte[] line, int from, int to) {
    boolean separated = to > from && (line[to - 1] == ',' || line[to - 1] == ';');
    return separated ? to - 1 : to;
  }
}
