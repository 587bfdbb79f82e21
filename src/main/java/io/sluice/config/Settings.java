package io.sluice.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All settings of one component, and the parser made of them.
 *
 * <p>Immutable and thread-safe.
 */
public final class Settings {
  private final String title;
  private final List<Setting<?>> settings;
  private final List<String> foreign;
  private final Optional<DropIn> dropIn;

  private Settings(
      String title, List<Setting<?>> settings, List<String> foreign, Optional<DropIn> dropIn) {
    this.title = title;
    this.settings = settings;
    this.foreign = foreign;
    this.dropIn = dropIn;
  }

  /**
   * @param title the component's class or section, for the reference page
   */
  public static Settings of(String title, Setting<?>... settings) {
    return new Settings(title, List.of(settings), List.of(), Optional.empty());
  }

  /** The same settings beside keys that belong to Flume ({@code type}, {@code selector.*}). */
  public Settings beside(String... foreignKeys) {
    return new Settings(title, settings, List.of(foreignKeys), dropIn);
  }

  /** The same settings, lenient where only keys of Flume's component are given. */
  public Settings inPlaceOf(DropIn replaced) {
    return new Settings(title, settings, foreign, Optional.of(replaced));
  }

  /** These settings and {@code others}, under this title. */
  public Settings and(Settings others) {
    return new Settings(
        title,
        Stream.concat(settings.stream(), others.settings.stream()).toList(),
        Stream.concat(foreign.stream(), others.foreign.stream()).toList(),
        dropIn);
  }

  public String title() {
    return title;
  }

  public List<Setting<?>> list() {
    return settings;
  }

  /**
   * Reads {@code given}. Each value that does not fit, each missing required key and each unknown
   * key is added to {@code problems}; what could be read is in the result all the same, so that the
   * caller can look for more problems before it gives up.
   */
  public Values parse(Map<String, String> given, Problems problems) {
    return parse("", given, problems);
  }

  /** As {@link #parse(Map, Problems)}, for keys shown to the user behind {@code keyPrefix}. */
  public Values parse(String keyPrefix, Map<String, String> given, Problems problems) {
    var left = new TreeMap<>(given);
    left.keySet().removeIf(this::isForeign);
    var values = new HashMap<Setting<?>, Object>();
    var groups = new HashMap<Setting<?>, Map<String, String>>();
    boolean isDropIn = isDropIn(given);
    for (Setting<?> setting : settings) {
      if (setting.isPrefix()) {
        groups.put(setting, takeGroup(setting, left));
      } else {
        read(setting, keyPrefix, left, isDropIn, values, problems);
      }
    }
    left.keySet().forEach(unknown -> reportUnknown(keyPrefix, unknown, isDropIn, problems));
    return new Values(values, groups);
  }

  /** Whether Flume's component would understand {@code given}: nothing of it is only ours. */
  public boolean isDropIn(Map<String, String> given) {
    return dropIn.isPresent()
        && settings.stream()
            .filter(setting -> !dropIn.get().shared().contains(setting))
            .noneMatch(setting -> given.keySet().stream().anyMatch(setting::isNamed));
  }

  private void reportUnknown(
      String keyPrefix, String unknown, boolean isDropIn, Problems problems) {
    Optional<String> nearest = nearest(unknown);
    String hint = nearest.map(known -> "; the nearest is " + keyPrefix + known).orElse("");
    String other = dropIn.map(DropIn::name).orElse("");
    String instead = dropIn.map(replaced -> replaced.withoutEffect().get(unknown)).orElse(null);
    if (instead != null) {
      problems.warn("%s has no effect, as in %s: %s.".formatted(unknown, other, instead));
    } else if (isDropIn && nearest.map(this::isShared).orElse(true)) {
      String message =
          "%s is not a known key and has no effect, as in %s%s.".formatted(unknown, other, hint);
      if (nearest.isPresent()) {
        problems.mistake(message);
      } else {
        problems.warn(message);
      }
    } else {
      problems.error("%s%s is not a known key%s.".formatted(keyPrefix, unknown, hint));
    }
  }

  private boolean isShared(String key) {
    return dropIn.stream()
        .flatMap(replaced -> replaced.shared().stream())
        .anyMatch(setting -> setting.key().equals(key));
  }

  private boolean isForeign(String key) {
    return foreign.stream().anyMatch(name -> key.equals(name) || key.startsWith(name + "."));
  }

  private static Map<String, String> takeGroup(Setting<?> group, Map<String, String> left) {
    var taken = new TreeMap<String, String>();
    left.keySet()
        .removeIf(
            key -> {
              boolean member = group.isNamed(key);
              if (member) {
                taken.put(key.substring(group.key().length()), left.get(key));
              }
              return member;
            });
    return taken;
  }

  private <T> void read(
      Setting<T> setting,
      String keyPrefix,
      Map<String, String> left,
      boolean isDropIn,
      Map<Setting<?>, Object> values,
      Problems problems) {
    String key = setting.key();
    String text = left.remove(key);
    for (String alias : setting.aliases()) {
      String old = left.remove(alias);
      if (old != null) {
        problems.warn("%s%s is an old name; write %s.".formatted(keyPrefix, alias, key));
        text = text == null ? old : text;
      }
    }
    if (text == null) {
      setting.defaultValue().ifPresent(value -> values.put(setting, value));
      if (setting.isRequired()) {
        problems.error("%s%s is missing: %s".formatted(keyPrefix, key, setting.doc()));
      }
      return;
    }
    try {
      values.put(setting, setting.parse(keyPrefix + key, text));
    } catch (IllegalArgumentException e) {
      String refusal = String.valueOf(e.getMessage());
      if (isDropIn && isShared(key)) {
        readLeniently(setting, text, refusal, values, problems);
      } else {
        refuse(setting, refusal, values, problems);
      }
    }
  }

  private <T> void readLeniently(
      Setting<T> setting,
      String text,
      String refusal,
      Map<Setting<?>, Object> values,
      Problems problems) {
    try {
      T value = setting.parseLeniently(text);
      values.put(setting, value);
      String used =
          "%s; %s is used instead."
              .formatted(refusal.replaceFirst("\\.$", ""), setting.format(value));
      if (value instanceof Boolean) {
        problems.mistake(used);
      } else {
        problems.warn(used);
      }
    } catch (IllegalArgumentException e) {
      refuse(setting, refusal, values, problems);
    }
  }

  private static void refuse(
      Setting<?> setting, String refusal, Map<Setting<?>, Object> values, Problems problems) {
    problems.error(refusal);
    setting.defaultValue().ifPresent(value -> values.put(setting, value));
  }

  /** Whether {@code key} is one of these, by an old name too, or belongs to Flume. */
  public boolean isKnown(String key) {
    return isForeign(key) || settings.stream().anyMatch(setting -> setting.isNamed(key));
  }

  /** The key that {@code unknown} may have been meant to be: one of which it is a part, or near. */
  public Optional<String> nearest(String unknown) {
    for (Setting<?> setting : settings) {
      String key = setting.key();
      if (!setting.isPrefix() && (key.endsWith("." + unknown) || unknown.endsWith("." + key))) {
        return Optional.of(key);
      }
    }
    return EditDistance.nearest(unknown, settings.stream().map(Setting::key).toList());
  }
}
