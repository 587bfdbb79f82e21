package io.sluice.cli.check;

import io.sluice.config.Problems;
import io.sluice.config.Settings;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Looks at each component by itself: its type, its keys, their values. */
final class ComponentChecks {
  private static final String OURS = "io.sluice.";

  private final Catalogue catalogue;
  private final Findings findings;
  private final Plans plans;
  private final Set<String> unknownTypes;

  /**
   * @param unknownTypes gets the classes that nothing is known of
   */
  ComponentChecks(Catalogue catalogue, Findings findings, Plans plans, Set<String> unknownTypes) {
    this.catalogue = catalogue;
    this.findings = findings;
    this.plans = plans;
    this.unknownTypes = unknownTypes;
  }

  void check(Agent agent) {
    for (Kind kind : List.of(Kind.SOURCE, Kind.CHANNEL, Kind.SINK)) {
      agent.all(kind).forEach(this::check);
    }
    for (Component source : agent.all(Kind.SOURCE)) {
      agent.interceptors(source).forEach(this::check);
      checkUnnamedInterceptors(source);
    }
  }

  private void check(Component component) {
    String type = component.type();
    if (type.isEmpty()) {
      findings.error(
          component,
          "type",
          component.entries().isEmpty()
              ? "it is listed and has no keys at all; it needs a type."
              : "type is missing.");
      return;
    }
    if (component.isPlaceholder("type")) {
      return;
    }
    Optional<Catalogue.Type> known = catalogue.find(component.kind(), type);
    if (known.isPresent()) {
      checkKeys(component, known.get());
    } else {
      checkUnknown(component, type);
    }
  }

  private void checkUnknown(Component component, String type) {
    Optional<Kind> other =
        List.of(Kind.values()).stream()
            .filter(kind -> type.contains(".") && catalogue.find(kind, type).isPresent())
            .findFirst();
    if (other.isPresent()) {
      findings.error(
          component,
          "type",
          "type = \"%s\" is a %s and not a %s."
              .formatted(type, other.get().label(), component.kind().label()));
    } else if (catalogue.find(component.kind(), type + "$Builder").isPresent()) {
      findings.error(
          component,
          "type",
          "type = \"%1$s\": Flume wants an interceptor's builder; write %1$s$Builder."
              .formatted(type));
    } else if (!type.contains(".") || type.startsWith(OURS)) {
      findings.error(
          component,
          "type",
          "type = \"%s\" is no %s that Flume or Sluice has%s."
              .formatted(
                  type,
                  component.kind().label(),
                  Agent.nearest(type, catalogue.names(component.kind()), "; the nearest is ")));
    } else {
      unknownTypes.add(type);
    }
  }

  private void checkKeys(Component component, Catalogue.Type type) {
    var problems = new Problems(component.label());
    if (type.reader().isPresent()) {
      type.reader().get().read(component, problems, plans);
    } else if (type.settings().isPresent()) {
      readFlumes(component, type.settings().get(), problems);
    } else {
      unknownTypes.add(type.className());
    }
    for (String error : problems.errors()) {
      Optional<String> key = component.keyOf(error);
      boolean told = key.flatMap(component::find).filter(String::isEmpty).isPresent();
      if (!told && !key.map(component::isPlaceholder).orElse(false)) {
        findings.error(component, key.orElse("type"), error);
      }
    }
    for (String warning : problems.warnings()) {
      String plain = warning.substring(component.label().length() + 2);
      String key = component.keyOf(plain).orElse("type");
      if (!problems.isMistake(warning)) {
        findings.warn(component, key, plain);
      } else if (!component.isPlaceholder(key)) {
        findings.error(component, key, plain);
      }
    }
  }

  /** Flume passes over keys that it does not know; of those, only near ones are surely mistakes. */
  private static void readFlumes(Component component, Settings settings, Problems problems) {
    Map<String, String> given = component.values();
    for (String key : Set.copyOf(given.keySet())) {
      if (!settings.isKnown(key)) {
        given.remove(key);
        Optional<String> nearest = settings.nearest(key);
        if (nearest.isPresent()) {
          problems.error(
              "%s is not a known key; the nearest is %s. Flume passes over it without a word."
                  .formatted(key, nearest.get()));
        } else {
          problems.warn("%s is not a key known of the %s.".formatted(key, settings.title()));
        }
      }
    }
    settings.parse(given, problems);
  }

  private void checkUnnamedInterceptors(Component source) {
    List<String> named = source.words("interceptors");
    var told = new HashSet<String>();
    source
        .under("interceptors.")
        .forEach(
            (key, entry) -> {
              String name = key.split("\\.", 2)[0];
              if (!named.contains(name) && told.add(name)) {
                findings.error(
                    entry.line(),
                    source.label(),
                    "interceptors does not name '%s', so Flume passes over its keys%s."
                        .formatted(
                            name, Agent.nearest(name, named, "; the nearest that it names is ")));
              }
            });
  }
}
