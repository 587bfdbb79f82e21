package io.sluice.demo;

import java.nio.file.Path;
import java.util.Optional;

/** What {@code bin/demo} was asked for. */
record DemoOptions(
    int lines, Optional<Path> input, String field, String range, String guarantee, boolean keep) {

  /**
   * @throws IllegalArgumentException whose message is for the user
   */
  static DemoOptions parse(String... arguments) {
    int lines = 20_000;
    Optional<Path> input = Optional.empty();
    String field = "key:value";
    String range = "[10,20]";
    String guarantee = "exactly-once";
    boolean keep = false;
    for (int i = 0; i < arguments.length; i++) {
      switch (arguments[i]) {
        case "--lines" -> lines = wholeNumber(arguments[++i]);
        case "--input" -> input = Optional.of(Path.of(arguments[++i]));
        case "--field" -> field = arguments[++i];
        case "--range" -> range = arguments[++i];
        case "--guarantee" -> guarantee = guarantee(arguments[++i]);
        case "--keep" -> keep = true;
        default -> throw new IllegalArgumentException("unknown option " + arguments[i]);
      }
    }
    return new DemoOptions(lines, input, field, range, guarantee, keep);
  }

  /** The sample configuration that gives the guarantee asked for. */
  String sample() {
    return guarantee.equals("exactly-once") ? "log-to-kafka.conf" : "at-least-once.conf";
  }

  private static String guarantee(String text) {
    if (!text.equals("exactly-once") && !text.equals("at-least-once")) {
      throw new IllegalArgumentException(
          "--guarantee = \"%s\" is not exactly-once or at-least-once".formatted(text));
    }
    return text;
  }

  private static int wholeNumber(String text) {
    try {
      int number = Integer.parseInt(text);
      if (number > 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number out of bounds.
    }
    throw new IllegalArgumentException(
        "--lines = \"%s\" is not a whole number from 1 to %d".formatted(text, Integer.MAX_VALUE));
  }
}
