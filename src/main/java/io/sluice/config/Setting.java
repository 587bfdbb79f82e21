package io.sluice.config;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One configuration key: its name, type, bounds, default and words, declared once.
 *
 * <p>Immutable; each method that adds something gives a new setting. The parser ({@link Settings}),
 * the reference page and the warnings all come from here.
 */
public final class Setting<T> {
  private final String key;
  private final ValueType<T> type;
  private final boolean prefix;
  private final boolean required;
  private final @Nullable T defaultValue;
  private final String unit;
  private final String doc;
  private final List<String> aliases;

  private Setting(
      String key,
      ValueType<T> type,
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

  private static <T> Setting<T> of(String key, ValueType<T> type) {
    return new Setting<>(key, type, false, false, null, "", "", List.of());
  }

  /**
   * A setting with a parser of its own.
   *
   * @param allowed what a value may be, to follow "is not": "a range such as [10,20]"
   * @param parser throws {@link IllegalArgumentException}; a message, if it has one, is shown too
   */
  public static <T> Setting<T> of(String key, String allowed, Function<String, T> parser) {
    return of(key, new ValueType<>(allowed, parser, String::valueOf));
  }

  public static Setting<String> string(String key) {
    return of(key, ValueType.TEXT);
  }

  public static Setting<Boolean> bool(String key) {
    return of(key, ValueType.BOOLEAN);
  }

  public static Setting<Integer> integer(String key) {
    return of(key, ValueType.INTEGER);
  }

  public static Setting<Long> longInteger(String key) {
    return of(key, ValueType.LONG);
  }

  /** A time span, written as a whole number of milliseconds. */
  public static Setting<Duration> millis(String key) {
    return of(key, ValueType.MILLIS);
  }

  /** Words separated by spaces or commas. */
  public static Setting<List<String>> list(String key) {
    return of(key, ValueType.WORDS);
  }

  /** One of an enum's constants, written in lower case with hyphens. */
  public static <E extends Enum<E>> Setting<E> choice(String key, Class<E> choices) {
    return of(key, ValueType.choice(choices));
  }

  /** All keys that start with {@code prefix}; read with {@link Values#under}. */
  public static Setting<String> prefix(String prefix) {
    return new Setting<>(prefix, ValueType.TEXT, true, false, null, "", "", List.of());
  }

  /** The same setting for numbers and time spans from {@code min} to {@code max}, both included. */
  public Setting<T> between(long min, long max) {
    return new Setting<>(
        key, type.between(min, max), prefix, required, defaultValue, unit, doc, aliases);
  }

  public Setting<T> atLeast(long min) {
    return between(min, Long.MAX_VALUE);
  }

  /**
   * As {@link #between}; in place of Flume's component the nearest bound is used, and warned of.
   */
  public Setting<T> nearestBetween(long min, long max) {
    return new Setting<>(
        key, type.orNearest(min, max), prefix, required, defaultValue, unit, doc, aliases);
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

  /** Whether {@code given} names this setting, by an old name too, or one of a prefix's. */
  boolean isNamed(String given) {
    return prefix
        ? given.startsWith(key) && given.length() > key.length()
        : given.equals(key) || aliases.contains(given);
  }

  public boolean isRequired() {
    return required;
  }

  /** What a value may be, with its unit: "a whole number from 1 to 100000 (events)". */
  public String allowed() {
    return unit.isEmpty() ? type.allowed() : type.allowed() + " (" + unit + ")";
  }

  public Optional<String> defaultText() {
    return Optional.ofNullable(defaultValue).map(type.format());
  }

  Optional<T> defaultValue() {
    return Optional.ofNullable(defaultValue);
  }

  /**
   * What Flume's component would make of a {@code text} that {@link #parse} does not take.
   *
   * @throws IllegalArgumentException if nothing
   */
  T parseLeniently(String text) {
    return type.lenient().apply(text.strip());
  }

  String format(T value) {
    return type.format().apply(value);
  }

  /**
   * The value of {@code text}.
   *
   * @throws IllegalArgumentException whose message is a whole sentence for the user
   */
  T parse(String shownKey, String text) {
    try {
      return type.parser().apply(text.strip());
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
}
