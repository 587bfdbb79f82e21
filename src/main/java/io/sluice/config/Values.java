package io.sluice.config;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;

/** What one component was given, defaults filled in. Immutable and thread-safe. */
public final class Values {
  private final Map<Setting<?>, Object> values;
  private final Map<Setting<?>, Map<String, String>> groups;

  Values(Map<Setting<?>, Object> values, Map<Setting<?>, Map<String, String>> groups) {
    this.values = Map.copyOf(values);
    this.groups = Map.copyOf(groups);
  }

  /**
   * The value given, or else the default.
   *
   * @throws NoSuchElementException if there is neither
   */
  public <T> T get(Setting<T> setting) {
    return find(setting)
        .orElseThrow(() -> new NoSuchElementException(setting.key() + " has no value"));
  }

  /** The value given or the default, if there is one. */
  @SuppressWarnings("unchecked") // put there by this very setting's parser
  public <T> Optional<T> find(Setting<T> setting) {
    return Optional.ofNullable((T) values.get(setting));
  }

  /** All that was given under a {@linkplain Setting#prefix prefix}, without the prefix, sorted. */
  public Map<String, String> under(Setting<String> prefix) {
    return groups.getOrDefault(prefix, Map.of());
  }
}
