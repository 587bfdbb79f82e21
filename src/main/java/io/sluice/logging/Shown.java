package io.sluice.logging;

import java.util.regex.Pattern;

/**
 * Text that somebody else has made, such as the name of a file, fit to be shown in a log or on a
 * terminal: one line that moves no cursor, changes no colour and turns no direction around.
 */
public final class Shown {
  /** Controls, formats such as those of direction, separators of lines, halves of characters. */
  private static final Pattern HARMFUL = Pattern.compile("[\\p{Cc}\\p{Cf}\\p{Zl}\\p{Zp}\\p{Cs}]");

  private Shown() {}

  /** The same, but for what could do harm, which is spelled by its number in braces. */
  public static String of(Object text) {
    String raw = String.valueOf(text);
    return HARMFUL
        .matcher(raw)
        .replaceAll(found -> "\\\\u{%x}".formatted(found.group().codePointAt(0)));
  }
}
