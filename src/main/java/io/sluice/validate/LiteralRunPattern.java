package io.sluice.validate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * Tells whether a regular expression is a {@link LiteralRun}. At the least doubt it is not, and the
 * engine takes it. Used once.
 */
final class LiteralRunPattern {
  private static final String META = "\\.[]{}()*+?^$|";

  private final String pattern;
  private int at;

  LiteralRunPattern(String pattern) {
    this.pattern = pattern;
  }

  Optional<LiteralRun> parse() {
    var literal = new StringBuilder();
    while (at < pattern.length() && pattern.charAt(at) != '(') {
      char c = pattern.charAt(at);
      boolean escaped = c == '\\' && isEscapedMeta();
      if (!escaped && META.indexOf(c) >= 0) {
        return Optional.empty();
      }
      literal.append(escaped ? pattern.charAt(at + 1) : c);
      at += escaped ? 2 : 1;
    }
    if (literal.isEmpty() || at >= pattern.length()) {
      return Optional.empty();
    }
    at++;
    boolean[] members = new boolean[256];
    if (!readClass(members) || !pattern.substring(at).equals("+)")) {
      return Optional.empty();
    }
    return Optional.of(
        new LiteralRun(literal.toString().getBytes(StandardCharsets.UTF_8), members));
  }

  private boolean isEscapedMeta() {
    return at + 1 < pattern.length() && META.indexOf(pattern.charAt(at + 1)) >= 0;
  }

  private boolean readClass(boolean[] members) {
    if (at >= pattern.length()) {
      return false;
    }
    char c = pattern.charAt(at++);
    if (c == '\\') {
      return readEscape(members);
    }
    return c == '[' && readBrackets(members);
  }

  private boolean readEscape(boolean[] members) {
    switch (at < pattern.length() ? pattern.charAt(at++) : ' ') {
      case 'd' -> Arrays.fill(members, '0', '9' + 1, true);
      case 'S' -> {
        Arrays.fill(members, true);
        for (char blank : "\t\n\f\r ".toCharArray()) {
          members[blank] = false;
        }
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  /** Letters, digits and signs of ASCII, ranges of them, {@code \d} and escaped signs. */
  private boolean readBrackets(boolean[] members) {
    boolean negated = at < pattern.length() && pattern.charAt(at) == '^';
    at += negated ? 1 : 0;
    int first = at;
    while (at < pattern.length() && (pattern.charAt(at) != ']' || at == first)) {
      char low = pattern.charAt(at++);
      if (low == '\\' && at < pattern.length()) {
        low = pattern.charAt(at++);
        if (low == 'd') {
          Arrays.fill(members, '0', '9' + 1, true);
          continue;
        }
        if (Character.isLetterOrDigit(low)) {
          return false;
        }
      }
      char high = low;
      if (at + 1 < pattern.length() && pattern.charAt(at) == '-' && pattern.charAt(at + 1) != ']') {
        high = pattern.charAt(at + 1);
        at += 2;
      }
      if (low == '[' || high == '[' || high == '\\' || high > 0x7e || low < ' ' || low > high) {
        return false;
      }
      Arrays.fill(members, low, high + 1, true);
    }
    if (negated) {
      for (int i = 0; i < members.length; i++) {
        members[i] = !members[i];
      }
    }
    return at++ < pattern.length();
  }
}
