package io.sluice.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One configuration key: its name, type, bounds, default and words, declared once.
 *
 * <p>Immutable; each method that adds something gives a new setting. The parser ({@link Settings}),
 * the reference page and the warnings all come from here.
 */
public final class Setting<T> {
  private final String key;
  private final Type<T> type;
  private final boolean prefix;
  private final boolean required;
  private final @Nullable T defaultValue;
  private final String unit;
  private final String doc;
  private final List<String> aliases;

  /** How the text of a value becomes a value. */
  private record Type<T>(String allowed, Function<String, T> parser, Function<T, String> format) {}

  private Setting(
      String key,
      Type<T> type,
      boolean prefix,
      boolean required,
      @Nullable T defaultValue,
      String unit,
      String doc,
      List<String> aliases) {
    this.key = key;
    this.type = type;
    this.prefix = prefix;
    this.required = required;
    this.defaultValue = defaultValue;
    this.unit = unit;
    this.doc = doc;
    this.aliases = aliases;
  }

  /**
   * A setting with a parser of its own.
   *
   * @param allowed what a value may be, to follow "is not": "a range such as [10,20]"
   * @param parser throws {@link IllegalArgumentException}; a message, if it has one, is shown too
   */
  public static <T> Setting<T> of(String key, String allowed, Function<String, T> parser) {
    return new Setting<>(
        key, new Type<>(allowed, parser, String::valueOf), false, false, null, "", "", List.of());
  }

  public static Setting<String> string(String key) {
    return of(key, "a text", Function.identity());
  }

  public static Setting<Boolean> bool(String key) {
    return of(key, "true or false", Setting::parseBoolean);
  }

  public static Setting<Integer> integer(String key) {
    return of(key, "a whole number", Integer::valueOf);
  }

  public static Setting<Long> longInteger(String key) {
    return of(key, "a whole number", Long::valueOf);
  }

  /** A time span, written as a whole number of milliseconds. */
  public static Setting<Duration> millis(String key) {
    Setting<Duration> setting =
        of(key, "a whole number", text -> Duration.ofMillis(Long.parseLong(text)));
    return setting.withType(
        new Type<>(
            setting.type.allowed, setting.type.parser, value -> String.valueOf(value.toMillis())));
  }

  /** Words separated by spaces or commas. */
  public static Setting<List<String>> list(String key) {
    Setting<List<String>> setting = of(key, "a list of words", Setting::parseList);
    return setting.withType(
        new Type<>(setting.type.allowed, setting.type.parser, value -> String.join(" ", value)));
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  public static <E extends Enum<E>> Setting<E> choice(String key, Class<E> choices) {
    String allowed =
        Arrays.stream(choices.getEnumConstants())
            .map(Setting::spelled)
            .collect(Collectors.joining(", ", "one of ", ""));
    Setting<E> setting =
        of(
            key,
            allowed,
            text ->
                Arrays.stream(choices.getEnumConstants())
                    .filter(choice -> spelled(choice).equals(text))
                    .findFirst()
                    .orElseThrow(IllegalArgumentException::new));
    return setting.withType(new Type<>(allowed, setting.type.parser, Setting::spelled));
  }

  /** All keys that start with {@code prefix}; read with {@link Values#under}. */
  public static Setting<String> prefix(String prefix) {
    return new Setting<>(
        prefix,
        new Type<>("a text", Function.identity(), Function.identity()),
        true,
        false,
        null,
        "",
        "",
        List.of());
  }

  /** The same setting for numbers and time spans from {@code min} to {@code max}, both included. */
  public Setting<T> between(long min, long max) {
    String bounds = max == Long.MAX_VALUE ? " of at least " + min : " from " + min + " to " + max;
    return withType(
        new Type<>(
            type.allowed + bounds,
            text -> {
              T value = type.parser.apply(text);
              long number =
                  value instanceof Duration span ? span.toMillis() : ((Number) value).longValue();
              if (number < min || number > max) {
                throw new IllegalArgumentException();
              }
              return value;
            },
            type.format));
  }

  public Setting<T> atLeast(long min) {
    return between(min, Long.MAX_VALUE);
  }

  public Setting<T> defaultsTo(T value) {
    return new Setting<>(key, type, prefix, required, value, unit, doc, aliases);
  }

  public Setting<T> required() {
    return new Setting<>(key, type, prefix, true, defaultValue, unit, doc, aliases);
  }

  public Setting<T> unit(String name) {
    return new Setting<>(key, type, prefix, required, defaultValue, name, doc, aliases);
  }

  /** What the key is for; the default and the bounds are added by those who print it. */
  public Setting<T> doc(String text) {
    return new Setting<>(key, type, prefix, required, defaultValue, unit, text, aliases);
  }

  /** An old name that still works, with a warning. */
  public Setting<T> alias(String oldKey) {
    return new Setting<>(key, type, prefix, required, defaultValue, unit, doc, List.of(oldKey));
  }

  public String key() {
    return key;
  }

  public String doc() {
    return doc;
  }

  public List<String> aliases() {
    return aliases;
  }

  public boolean isPrefix() {
    return prefix;
  }

  public boolean isRequired() {
    return required;
  }

  /** What a value may be, with its unit: "a whole number from 1 to 100000 (events)". */
  public String allowed() {
    return unit.isEmpty() ? type.allowed : type.allowed + " (" + unit + ")";
  }

  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultValue).map(type.format);
  }

  Optional<T> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  /**
   * The value of {@code text}.
   *
   * @throws IllegalArgumentException whose message is a whole sentence for the user
   */
  T parse(String shownKey, String text) {
    try {
      return type.parser.apply(text.strip());
    } catch (IllegalArgumentException e) {
      boolean hasReason =
          e.getMessage() != null
              && !(e instanceof NumberFormatException)
              && !e.getMessage().isEmpty();
      String reason = hasReason ? ": " + e.getMessage() : "";
      throw new IllegalArgumentException(
          "%s = \"%s\" is not %s%s.".formatted(shownKey, text, allowed(), reason), e);
    }
  }

  private Setting<T> withType(Type<T> other) {
    return new Setting<>(key, other, prefix, required, defaultValue, unit, doc, aliases);
  }

  private static Boolean parseBoolean(String text) {
    return switch (text) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException();
    };
  }

  private static List<String> parseList(String text) {
    return Arrays.stream(text.split("[\\s,]+")).filter(word -> !word.isEmpty()).toList();
  }

  private static String spelled(Enum<?> choice) {
    return choice.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
