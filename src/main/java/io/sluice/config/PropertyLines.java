package io.sluice.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Reads the text of a properties file as {@link java.util.Properties} does, and keeps what that
 * forgets: the line of each key, and keys that are given more than once.
 */
public final class PropertyLines {
  private static final int HEX_DIGITS = 4;

  /** With a backslash, each of them means something to a regular expression and nothing here. */
  private static final String OF_EXPRESSIONS = "dDwWsSbBAzZpPQEhHvVRxkG0123456789.[](){}+*?^$|";

  private final String text;
  private int at;
  private int line = 1;

  /**
   * One key with its value.
   *
   * @param line of the key, from 1
   * @param lostBackslash the character before which a backslash was dropped that a regular
   *     expression may have needed; 0 if there is none
   */
  public record Entry(String key, String value, int line, char lostBackslash) {}

  /** A {@code \\u} without four hexadecimal digits. */
  public static final class MalformedEscapeException extends Exception {
    private static final long serialVersionUID = 1;

    private final int line;

    MalformedEscapeException(int line) {
      super("a \\u without four hexadecimal digits");
      this.line = line;
    }

    public int line() {
      return line;
    }
  }

  private PropertyLines(String text) {
    this.text = text;
  }

  /** All entries in their order, a key that is given twice twice. */
  public static List<Entry> read(String text) throws MalformedEscapeException {
    return new PropertyLines(text.startsWith("\ufeff") ? text.substring(1) : text).readAll();
  }

  /** Each key that is given more than once, with its lines. */
  public static Map<String, List<Integer>> duplicates(List<Entry> entries) {
    Map<String, List<Integer>> lines = new TreeMap<>();
    entries.forEach(
        entry -> lines.computeIfAbsent(entry.key(), key -> new ArrayList<>()).add(entry.line()));
    lines.values().removeIf(each -> each.size() < 2);
    return lines;
  }

  /** What {@code Properties} makes of the entries: of a key given twice, the last one counts. */
  public static Map<String, String> values(List<Entry> entries) {
    Map<String, String> values = new LinkedHashMap<>();
    entries.forEach(entry -> values.put(entry.key(), entry.value()));
    return values;
  }

  private List<Entry> readAll() throws MalformedEscapeException {
    var entries = new ArrayList<Entry>();
    while (skipToContent()) {
      int start = line;
      if (text.charAt(at) == '#' || text.charAt(at) == '!') {
        skipComment();
        continue;
      }
      String joined = joinLines();
      // A backslash alone continues nothing: what follows is a line like any other. Only where
      // nothing at all follows, the JDK makes an entry without key and value of it.
      if (!joined.isEmpty() || endsInBackslash()) {
        entries.add(entry(joined, start));
      }
    }
    return entries;
  }

  /** Passes over blanks and empty lines; whether anything is left. */
  private boolean skipToContent() {
    while (at < text.length() && (isBlank(text.charAt(at)) || isLineEnd(text.charAt(at)))) {
      if (isBlank(text.charAt(at))) {
        at++;
      } else {
        skipLineEnd();
      }
    }
    return at < text.length();
  }

  /** A comment ends with its line, whatever stands before the line end. */
  private void skipComment() {
    while (at < text.length() && !isLineEnd(text.charAt(at))) {
      at++;
    }
  }

  /** The text up to a line end that no backslash takes away; empty after a backslash alone. */
  private String joinLines() {
    var joined = new StringBuilder();
    boolean escaped = false;
    while (at < text.length()) {
      char next = text.charAt(at);
      if (!isLineEnd(next)) {
        joined.append(next);
        escaped = next == '\\' && !escaped;
        at++;
        continue;
      }
      if (!escaped) {
        return joined.toString();
      }
      escaped = false;
      joined.setLength(joined.length() - 1);
      skipLineEnd();
      if (joined.isEmpty()) {
        return "";
      }
      while (at < text.length() && isBlank(text.charAt(at))) {
        at++;
      }
    }
    if (escaped) {
      joined.setLength(joined.length() - 1);
    }
    return joined.toString();
  }

  private boolean endsInBackslash() {
    return at == text.length()
        && (text.endsWith("\\") || text.endsWith("\\\n") || text.endsWith("\\\r"));
  }

  private static Entry entry(String joined, int line) throws MalformedEscapeException {
    int end = 0;
    for (; end < joined.length(); end++) {
      char next = joined.charAt(end);
      if (isBlank(next) || isSeparator(next)) {
        break;
      }
      end += next == '\\' ? 1 : 0;
    }
    end = Math.min(end, joined.length());
    int start = passBlanks(joined, end);
    if (start < joined.length() && isSeparator(joined.charAt(start))) {
      start = passBlanks(joined, start + 1);
    }
    String key = unescape(joined.substring(0, end), line);
    String value = joined.substring(start);
    return new Entry(key, unescape(value, line), line, lostBackslash(value));
  }

  private static char lostBackslash(String value) {
    for (int i = value.indexOf('\\'); i >= 0 && i + 1 < value.length(); ) {
      char next = value.charAt(i + 1);
      if (OF_EXPRESSIONS.indexOf(next) >= 0) {
        return next;
      }
      i = value.indexOf('\\', i + 2);
    }
    return 0;
  }

  private static int passBlanks(String joined, int from) {
    int at = from;
    while (at < joined.length() && isBlank(joined.charAt(at))) {
      at++;
    }
    return at;
  }

  private static String unescape(String part, int line) throws MalformedEscapeException {
    var plain = new StringBuilder(part.length());
    for (int i = 0; i < part.length(); i++) {
      char next = part.charAt(i);
      if (next != '\\' || ++i == part.length()) {
        plain.append(next == '\\' ? "" : String.valueOf(next));
        continue;
      }
      switch (part.charAt(i)) {
        case 't' -> plain.append('\t');
        case 'n' -> plain.append('\n');
        case 'r' -> plain.append('\r');
        case 'f' -> plain.append('\f');
        case 'u' -> {
          plain.append(unicode(part, i + 1, line));
          i += HEX_DIGITS;
        }
        default -> plain.append(part.charAt(i));
      }
    }
    return plain.toString();
  }

  private static char unicode(String part, int from, int line) throws MalformedEscapeException {
    int end = from + HEX_DIGITS;
    if (end > part.length() || !part.substring(from, end).matches("[0-9A-Fa-f]+")) {
      throw new MalformedEscapeException(line);
    }
    return (char) Integer.parseInt(part.substring(from, end), 16);
  }

  private void skipLineEnd() {
    boolean both = text.startsWith("\r\n", at);
    at += both ? 2 : 1;
    line++;
  }

  private static boolean isSeparator(char c) {
    return c == '=' || c == ':';
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t' || c == '\f';
  }

  private static boolean isLineEnd(char c) {
    return c == '\n' || c == '\r';
  }
}
