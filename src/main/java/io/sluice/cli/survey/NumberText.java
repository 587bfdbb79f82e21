package io.sluice.cli.survey;

import java.util.regex.Pattern;

/** What rules take for a number; see docs/validation.md. */
final class NumberText {
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][-+]?[0-9]{1,9})?");

  private NumberText() {}

  static boolean isNumber(String text) {
    return text.length() <= 64 && NUMBER.matcher(text).matches();
  }
}
