package io.sluice.cli.check;

import io.sluice.config.EditDistance;
import io.sluice.config.PropertyLines.Entry;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One agent: the components that it lists, and the keys that belong to none of them. */
final class Agent {
  private final String prefix;
  private final Map<String, Entry> entries;
  private final Map<Kind, Map<String, Component>> components = new EnumMap<>(Kind.class);

  /**
   * @param entries of this agent, without its name
   * @param prefix what labels begin with; empty where there is only one agent
   */
  Agent(Map<String, Entry> entries, String prefix) {
    this.entries = entries;
    this.prefix = prefix;
    for (Kind kind : Kind.ofAgent()) {
      Map<String, Component> listed = new LinkedHashMap<>();
      Entry list = entries.get(kind.list());
      for (String name : list == null ? List.<String>of() : AgentFile.words(list.value())) {
        String keys = kind.list() + "." + name + ".";
        listed.put(
            name,
            new Component(
                kind, name, label(kind, name), list == null ? 0 : list.line(), under(keys)));
      }
      components.put(kind, listed);
    }
  }

  /** Whether any list is there; else Flume does not know the agent. */
  static boolean isAgent(Map<String, Entry> entries) {
    return Kind.lists().stream().anyMatch(entries::containsKey);
  }

  List<Component> all(Kind kind) {
    return List.copyOf(components.getOrDefault(kind, Map.of()).values());
  }

  Optional<Component> find(Kind kind, String name) {
    return Optional.ofNullable(components.getOrDefault(kind, Map.of()).get(name));
  }

  List<String> names(Kind kind) {
    return List.copyOf(components.getOrDefault(kind, Map.of()).keySet());
  }

  /** A source's interceptors, in their order. */
  List<Component> interceptors(Component source) {
    var interceptors = new ArrayList<Component>();
    for (String name : source.words("interceptors")) {
      interceptors.add(
          new Component(
              Kind.INTERCEPTOR,
              name,
              "%s, interceptor '%s'".formatted(source.label(), name),
              source.lineOf("interceptors"),
              source.under("interceptors." + name + ".")));
    }
    return interceptors;
  }

  String label() {
    return prefix + "agent";
  }

  private String label(Kind kind, String name) {
    return "%s%s '%s'".formatted(prefix, kind.label(), name);
  }

  private Map<String, Entry> under(String keys) {
    Map<String, Entry> found = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          if (key.startsWith(keys) && key.length() > keys.length()) {
            found.put(key.substring(keys.length()), entry);
          }
        });
    return found;
  }

  /** Tells of components without keys, and of keys without a component. */
  void check(Findings findings) {
    if (all(Kind.CHANNEL).isEmpty()) {
      findings.error(firstLine(), label(), "there is no channel.");
    }
    if (all(Kind.SOURCE).isEmpty() && all(Kind.SINK).isEmpty()) {
      findings.error(firstLine(), label(), "there is neither a source nor a sink.");
    }
    for (Kind kind : Kind.ofAgent()) {
      checkList(kind, findings);
    }
    entries.forEach((key, entry) -> checkBelongs(key, entry, findings));
  }

  private int firstLine() {
    return entries.values().stream().mapToInt(Entry::line).min().orElse(0);
  }

  private void checkList(Kind kind, Findings findings) {
    Entry list = entries.get(kind.list());
    if (list == null) {
      return;
    }
    var seen = new HashSet<String>();
    for (String name : AgentFile.words(list.value())) {
      if (name.contains(",")) {
        findings.error(
            list.line(),
            label(),
            "%s = \"%s\": names are separated by blanks, not by commas."
                .formatted(kind.list(), list.value()));
        return;
      }
      if (!seen.add(name)) {
        findings.error(list.line(), label(), "%s names '%s' twice.".formatted(kind.list(), name));
      }
    }
  }

  private void checkBelongs(String key, Entry entry, Findings findings) {
    String[] parts = key.split("\\.", 3);
    Optional<Kind> kind = Kind.listedBy(parts[0]);
    if (kind.isEmpty()) {
      findings.error(
          entry.line(),
          label(),
          "%s belongs to nothing%s."
              .formatted(entry.key(), nearest(parts[0], Kind.lists(), "; the nearest list is ")));
    } else if (parts.length > 1 && find(kind.get(), parts[1]).isEmpty()) {
      findings.error(
          entry.line(),
          label(kind.get(), parts[1]),
          "%s does not name it, so Flume passes over %s%s."
              .formatted(
                  kind.get().list(),
                  entry.key(),
                  nearest(parts[1], names(kind.get()), "; the nearest that it names is ")));
    } else if (parts.length == 2) {
      findings.error(
          entry.line(), label(kind.get(), parts[1]), entry.key() + " is no key of a component.");
    }
  }

  static String nearest(String word, List<String> known, String words) {
    return EditDistance.nearest(word, known).map(best -> words + best).orElse("");
  }
}
