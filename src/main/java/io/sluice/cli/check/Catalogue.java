package io.sluice.cli.check;

import io.sluice.config.Problems;
import io.sluice.config.Settings;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Every type of component that is known, by class name and by Flume's short name. */
final class Catalogue {
  /** Reads a component of ours as the component itself would. */
  interface Reader {
    void read(Component component, Problems problems, Plans plans);
  }

  /**
   * One type of component.
   *
   * @param alias Flume's short name, in lower case; empty if it has none
   * @param settings its keys; empty if they are not known here
   * @param reader for a component of ours
   */
  record Type(
      Kind kind,
      String alias,
      String className,
      Optional<Settings> settings,
      Optional<Reader> reader) {}

  private final Map<Kind, Map<String, Type>> byName = new LinkedHashMap<>();

  /** A component of ours: all that it would refuse is told by itself. */
  Catalogue own(Kind kind, String className, Reader reader) {
    return add(new Type(kind, "", className, Optional.empty(), Optional.of(reader)));
  }

  /** A component of Flume's with its keys. */
  Catalogue flume(Kind kind, String alias, String className, Settings settings) {
    Settings all = settings.and(Settings.of("").beside("type"));
    return add(new Type(kind, alias, className, Optional.of(all), Optional.empty()));
  }

  /** A component of Flume's whose keys are not known here. */
  Catalogue flume(Kind kind, String alias, String className) {
    return add(new Type(kind, alias, className, Optional.empty(), Optional.empty()));
  }

  private Catalogue add(Type type) {
    Map<String, Type> names = byName.computeIfAbsent(type.kind(), kind -> new LinkedHashMap<>());
    names.put(type.className(), type);
    if (!type.alias().isEmpty()) {
      names.put(type.alias(), type);
    }
    return this;
  }

  /** The type of that name; Flume does not mind the case of its short names. */
  Optional<Type> find(Kind kind, String name) {
    Map<String, Type> names = byName.getOrDefault(kind, Map.of());
    return Optional.ofNullable(names.getOrDefault(name, names.get(name.toLowerCase(Locale.ROOT))));
  }

  List<String> names(Kind kind) {
    return new ArrayList<>(byName.getOrDefault(kind, Map.of()).keySet());
  }
}
