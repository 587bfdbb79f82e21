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

  private Settings(String title, List<Setting<?>> settings, List<String> foreign) {
    this.title = title;
    this.settings = settings;
    this.foreign = foreign;
  }

  /**
   * @param title the component's class or section, for the reference page
   */
  public static Settings of(String title, Setting<?>... settings) {
    return new Settings(title, List.of(settings), List.of());
  }

  /** The same settings beside keys that belong to Flume ({@code type}, {@code selector.*}). */
  public Settings beside(String... foreignKeys) {
    return new Settings(title, settings, List.of(foreignKeys));
  }

  /** These settings and {@code others}, under this title. */
  public Settings and(Settings others) {
    return new Settings(
        title,
        Stream.concat(settings.stream(), others.settings.stream()).toList(),
        Stream.concat(foreign.stream(), others.foreign.stream()).toList());
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
    for (Setting<?> setting : settings) {
      if (setting.isPrefix()) {
        groups.put(setting, takeGroup(setting, left));
      } else {
        read(setting, keyPrefix, left, values, problems);
      }
    }
    for (String unknown : left.keySet()) {
      String hint =
          nearest(unknown).map(known -> "; the nearest is " + keyPrefix + known).orElse("");
      problems.error("%s%s is not a known key%s.".formatted(keyPrefix, unknown, hint));
    }
    return new Values(values, groups);
  }

  private boolean isForeign(String key) {
    return foreign.stream().anyMatch(name -> key.equals(name) || key.startsWith(name + "."));
  }

  private static Map<String, String> takeGroup(Setting<?> group, Map<String, String> left) {
    var taken = new TreeMap<String, String>();
    left.keySet()
        .removeIf(
            key -> {
              boolean member = key.startsWith(group.key()) && key.length() > group.key().length();
              if (member) {
                taken.put(key.substring(group.key().length()), left.get(key));
              }
              return member;
            });
    return taken;
  }

  private static void read(
      Setting<?> setting,
      String keyPrefix,
      Map<String, String> left,
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
      problems.error(String.valueOf(e.getMessage()));
      setting.defaultValue().ifPresent(value -> values.put(setting, value));
    }
  }

  /** Whether {@code key} is one of these, by an old name too, or belongs to Flume. */
  public boolean isKnown(String key) {
    return isForeign(key)
        || settings.stream()
            .anyMatch(
                setting ->
                    setting.isPrefix()
                        ? key.startsWith(setting.key()) && key.length() > setting.key().length()
                        : key.equals(setting.key()) || setting.aliases().contains(key));
  }

  /** The key that {@code unknown} may have been meant to be. */
  public Optional<String> nearest(String unknown) {
    return EditDistance.nearest(unknown, settings.stream().map(Setting::key).toList());
  }
}
