package io.sluice.console;

import java.util.List;
import java.util.function.ToLongFunction;

/**
 * The agent's components at one moment, by kind and name. Immutable.
 *
 * @param nanos when, as {@link System#nanoTime}
 */
record AgentView(long timeMillis, long nanos, List<Component> components) {
  AgentView {
    components = List.copyOf(components);
  }

  List<Component> of(String kind) {
    return components.stream().filter(component -> component.kind().equals(kind)).toList();
  }

  List<Component> sources() {
    return of("source");
  }

  List<Component> channels() {
    return of("channel");
  }

  List<Component> sinks() {
    return of("sink");
  }

  List<Component> validators() {
    return of("validator");
  }

  /** Kafka Streams applications; an agent has none. */
  List<Component> streams() {
    return of("streams");
  }

  /** The numbers of that name of all components of a kind, added up. */
  long sum(String kind, String attribute) {
    return of(kind).stream().mapToLong(component -> component.number(attribute)).sum();
  }

  long most(String kind, ToLongFunction<Component> number) {
    return of(kind).stream().mapToLong(number).max().orElse(0);
  }
}
