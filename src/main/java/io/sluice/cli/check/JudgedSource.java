package io.sluice.cli.check;

import io.sluice.config.ConfigurationException;
import io.sluice.config.Problems;
import io.sluice.source.SourceCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What judges the lines of one source of an agent. Immutable.
 *
 * @param label of the source, as messages call it
 * @param lines the source's own settings; those of a file for sources of other kinds
 * @param interceptors settings of the range interceptors, in their order, by label
 * @param notRun interceptors of other kinds, which may change or drop lines too
 */
public record JudgedSource(
    String label,
    Map<String, String> lines,
    Map<String, Map<String, String>> interceptors,
    List<String> notRun) {
  private static final String LOG_FILE_SOURCE = "io.sluice.source.LogFileSource";

  /** A source needs paths, though not to cut lines. */
  private static final Map<String, String> ANY_FILE = Map.of("paths", "/dev/stdin");

  /**
   * Looks into an agent's configuration. What is not named may be left out where there is only one.
   *
   * @throws ConfigurationException if the file cannot be read, or there is no such source
   */
  public static JudgedSource read(
      Path path,
      Optional<String> agentName,
      Optional<String> source,
      Optional<String> interceptor) {
    var problems = new Problems(path.toString());
    var found = new ArrayList<JudgedSource>();
    AgentFile.read(path)
        .agents()
        .forEach(
            (name, entries) -> {
              if (agentName.map(name::equals).orElse(true)) {
                var agent = new Agent(entries, name + ": ");
                for (Component component : agent.all(Kind.SOURCE)) {
                  if (source.map(component.name()::equals).orElse(true)) {
                    of(agent, component, interceptor, problems).ifPresent(found::add);
                  }
                }
              }
            });
    if (problems.errors().isEmpty() && found.size() != 1) {
      problems.error(
          found.isEmpty()
              ? "there is no source with a RangeInterceptor%s in it."
                  .formatted(interceptor.map(name -> " '" + name + "'").orElse(""))
              : "several sources have a RangeInterceptor: %s; choose with --name, --source."
                  .formatted(String.join(", ", found.stream().map(JudgedSource::label).toList())));
    }
    problems.throwIfAny();
    return found.get(0);
  }

  /**
   * One set of rules.
   *
   * @param rules by the interceptor's keys
   * @param others keys of the interceptor or of the source
   */
  public static JudgedSource of(Map<String, String> rules, Map<String, String> others) {
    Map<String, String> interceptor = new HashMap<>(rules);
    Map<String, String> lines = new HashMap<>(ANY_FILE);
    others.forEach((key, value) -> (SourceCheck.isKey(key) ? lines : interceptor).put(key, value));
    return new JudgedSource("judge", lines, Map.of("", interceptor), List.of());
  }

  private static Optional<JudgedSource> of(
      Agent agent, Component source, Optional<String> wanted, Problems problems) {
    Map<String, Map<String, String>> interceptors = new LinkedHashMap<>();
    var others = new ArrayList<String>();
    for (Component interceptor : agent.interceptors(source)) {
      if (!interceptor.type().equals(Components.RANGE_INTERCEPTOR)) {
        others.add(interceptor.name());
      } else if (wanted.map(interceptor.name()::equals).orElse(true)) {
        refusePlaceholders(interceptor, problems);
        interceptors.put("interceptor '" + interceptor.name() + "'", interceptor.values());
      }
    }
    if (interceptors.isEmpty()) {
      return Optional.empty();
    }
    boolean ofFiles = source.type().equals(LOG_FILE_SOURCE);
    Map<String, String> lines = ofFiles ? source.values() : ANY_FILE;
    return Optional.of(new JudgedSource(source.label(), lines, interceptors, List.copyOf(others)));
  }

  private static void refusePlaceholders(Component component, Problems problems) {
    for (String key : component.entries().keySet()) {
      if (component.isPlaceholder(key)) {
        problems.error(
            "%s: %s has ${...}, which only Flume fills in.".formatted(component.label(), key));
      }
    }
  }
}
