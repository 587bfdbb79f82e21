package io.sluice.cli.check;

import io.sluice.config.ConfigurationException;
import io.sluice.config.EditDistance;
import io.sluice.config.PropertyLines.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * Checks an agent's configuration as a whole. Needs neither Flume nor, unless asked to connect, a
 * network; changes nothing.
 */
public final class AgentCheck {
  private final Request request;
  private final AgentFile file;
  private final Findings findings;
  private final TreeSet<String> unknownTypes = new TreeSet<>();
  private final List<String> notes = new ArrayList<>();

  private AgentCheck(Request request, AgentFile file) {
    this.request = request;
    this.file = file;
    this.findings = new Findings(Secrets.of(file.entries()));
  }

  /**
   * @throws ConfigurationException if the file cannot be read at all
   */
  public static Report run(Request request) {
    return run(request, AgentFile.read(request.file()));
  }

  /** Checks {@code file} in place of the one that the request names. */
  static Report run(Request request, AgentFile file) {
    return new AgentCheck(request, file).run();
  }

  private Report run() {
    file.check(findings);
    Map<String, Map<String, Entry>> agents = file.agents();
    List<String> names =
        agents.entrySet().stream()
            .filter(agent -> Agent.isAgent(agent.getValue()))
            .map(Map.Entry::getKey)
            .toList();
    request.agent().ifPresent(name -> requireAgent(name, names));
    List<String> chosen = request.agent().map(List::of).orElse(names);
    for (String name : chosen) {
      if (names.contains(name)) {
        String prefix = chosen.size() == 1 ? "" : name + ": ";
        check(new Agent(agents.getOrDefault(name, Map.of()), prefix));
      }
    }
    agents.forEach((name, entries) -> checkStray(name, entries, names));
    if (names.isEmpty()) {
      findings.error(0, "file", "it configures no agent: there is no AGENT.sources and the like.");
    }
    note();
    return new Report(file.path(), findings.sorted(), List.copyOf(notes));
  }

  private void check(Agent agent) {
    Catalogue catalogue = Components.all();
    var plans = new Plans();
    agent.check(findings);
    new ComponentChecks(catalogue, findings, plans, unknownTypes).check(agent);
    var wiring = new Wiring(agent, findings);
    wiring.check();
    new Capacities(catalogue, findings, plans).check(agent, wiring);
    new Guarantees(agent, wiring, catalogue, findings, plans).check();
    heap().ifPresent(heap -> heap.check(agent, findings));
    if (request.connect()) {
      new ClusterCheck(findings).check(agent, plans);
    }
  }

  private Optional<Heap> heap() {
    return request
        .heapBytes()
        .map(bytes -> new Heap(bytes, "--heap", request.eventBytes()))
        .or(() -> Heap.beside(file.path(), request.eventBytes()));
  }

  private void requireAgent(String name, List<String> names) {
    if (!names.contains(name)) {
      String nearest =
          EditDistance.nearest(name, names)
              .map(best -> "; the nearest is " + best)
              .orElse(names.isEmpty() ? "" : "; there is " + String.join(", ", names));
      findings.error(0, "file", "there is no agent '%s' in it%s.".formatted(name, nearest));
    }
  }

  /** Keys of an agent that lists nothing are a slip of the pen, and Flume is silent about them. */
  private void checkStray(String name, Map<String, Entry> entries, List<String> names) {
    if (names.contains(name) || names.isEmpty()) {
      return;
    }
    for (Entry entry : entries.values()) {
      findings.error(
          entry.line(),
          "file",
          "%s: there is no agent '%s'%s."
              .formatted(entry.key(), name, Agent.nearest(name, names, "; the nearest is ")));
    }
  }

  private void note() {
    long placeholders =
        file.entries().stream().filter(entry -> entry.value().contains("${")).count();
    if (placeholders > 0) {
      notes.add(
          "%d value%s with ${...}, which Flume fills in at its start"
              .formatted(placeholders, placeholders == 1 ? "" : "s"));
    }
    unknownTypes.forEach(type -> notes.add("the keys of " + type));
  }
}
