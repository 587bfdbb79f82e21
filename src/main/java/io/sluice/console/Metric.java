package io.sluice.console;

import io.prometheus.metrics.model.snapshots.Labels;

/**
 * A number of a component, and what Prometheus calls it.
 *
 * @param kind of component
 * @param attribute its name in JMX
 * @param name without the {@code _total} that a counter's name ends with
 * @param divisor from the unit in JMX to the one in the name
 * @param more labels beside the component's name
 */
record Metric(
    String kind,
    String attribute,
    String name,
    Type type,
    double divisor,
    Labels more,
    String help) {
  /** How the number moves. */
  enum Type {
    COUNTER,
    GAUGE
  }

  static Metric counter(String kind, String attribute, String name, String help) {
    return new Metric(kind, attribute, name, Type.COUNTER, 1, Labels.EMPTY, help);
  }

  static Metric gauge(String kind, String attribute, String name, String help) {
    return new Metric(kind, attribute, name, Type.GAUGE, 1, Labels.EMPTY, help);
  }

  /** JMX has it in milliseconds, Prometheus in seconds. */
  Metric fromMillis() {
    return new Metric(kind, attribute, name, type, 1_000, more, help);
  }

  Metric with(String label, String value) {
    return new Metric(kind, attribute, name, type, divisor, Labels.of(label, value), help);
  }

  /** As it stands in queries. */
  String fullName() {
    return type == Type.COUNTER ? name + "_total" : name;
  }
}
