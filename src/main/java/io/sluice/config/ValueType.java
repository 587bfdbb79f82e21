package io.sluice.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * How the text of a value becomes a value, and back.
 *
 * @param allowed what a value may be, to follow "is not"
 * @param parser throws {@link IllegalArgumentException}
 * @param lenient what Flume's own component makes of a text that {@code parser} does not take;
 *     throws too, if nothing
 */
record ValueType<T>(
    String allowed,
    Function<String, T> parser,
    Function<T, String> format,
    Function<String, T> lenient) {
  private static final String WHOLE_NUMBER = "a whole number";

  static final ValueType<String> TEXT =
      new ValueType<>("a text", Function.identity(), Function.identity());

  static final ValueType<Boolean> BOOLEAN =
      new ValueType<>("true or false", ValueType::parseBoolean, String::valueOf, text -> false);

  static final ValueType<Integer> INTEGER =
      new ValueType<>(WHOLE_NUMBER, Integer::valueOf, String::valueOf);

  static final ValueType<Long> LONG = new ValueType<>(WHOLE_NUMBER, Long::valueOf, String::valueOf);

  static final ValueType<Duration> MILLIS =
      new ValueType<>(
          WHOLE_NUMBER,
          text -> Duration.ofMillis(Long.parseLong(text)),
          span -> String.valueOf(span.toMillis()));

  static final ValueType<List<String>> WORDS =
      new ValueType<>("a list of words", ValueType::words, words -> String.join(" ", words));

  ValueType(String allowed, Function<String, T> parser, Function<T, String> format) {
    this(allowed, parser, format, parser);
  }

  static <E extends Enum<E>> ValueType<E> choice(Class<E> choices) {
    List<E> constants = List.of(choices.getEnumConstants());
    return new ValueType<>(
        constants.stream().map(ValueType::spelled).collect(Collectors.joining(", ", "one of ", "")),
        text ->
            constants.stream()
                .filter(choice -> spelled(choice).equals(text))
                .findFirst()
                .orElseThrow(IllegalArgumentException::new),
        ValueType::spelled);
  }

  /** The same for numbers and time spans within bounds, both included. */
  ValueType<T> between(long min, long max) {
    String bounds = max == Long.MAX_VALUE ? " of at least " + min : " from " + min + " to " + max;
    return new ValueType<>(
        allowed + bounds,
        text -> {
          T value = parser.apply(text);
          long number = number(value);
          if (number < min || number > max) {
            throw new IllegalArgumentException();
          }
          return value;
        },
        format);
  }

  /**
   * The same, where the nearest bound is as good to Flume's component's users as what they gave.
   */
  ValueType<T> orNearest(long min, long max) {
    ValueType<T> bounded = between(min, max);
    return new ValueType<>(
        bounded.allowed,
        bounded.parser,
        format,
        text -> {
          long number = number(parser.apply(text));
          return parser.apply(String.valueOf(Math.max(min, Math.min(max, number))));
        });
  }

  private static long number(Object value) {
    return value instanceof Duration span ? span.toMillis() : ((Number) value).longValue();
  }

  private static Boolean parseBoolean(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
  }

  private static String spelled(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
