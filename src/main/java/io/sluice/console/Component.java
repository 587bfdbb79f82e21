package io.sluice.console;

import java.util.Map;
import javax.management.openmbean.CompositeData;

/**
 * One component and everything that it shows in JMX. Immutable.
 *
 * @param kind {@code source}, {@code channel}, {@code sink}, {@code validator}, or another of
 *     Flume's
 * @param attributes by their names in JMX
 */
record Component(String kind, String name, Map<String, Object> attributes) {
  Component {
    attributes = Map.copyOf(attributes);
  }

  boolean has(String attribute) {
    return attributes.containsKey(attribute);
  }

  /** 0 if there is no such number. */
  long number(String attribute) {
    return attributes.get(attribute) instanceof Number number ? number.longValue() : 0;
  }

  double ratio(String attribute) {
    return attributes.get(attribute) instanceof Number number ? number.doubleValue() : 0;
  }

  boolean flag(String attribute) {
    return Boolean.TRUE.equals(attributes.get(attribute));
  }

  /** Empty if there is no such text. */
  String text(String attribute) {
    return attributes.get(attribute) instanceof String text ? text : "";
  }

  /** Empty if there are no such numbers. */
  long[] numbers(String attribute) {
    return attributes.get(attribute) instanceof long[] numbers ? numbers : new long[0];
  }

  /** Empty if there is no such list. */
  CompositeData[] list(String attribute) {
    return attributes.get(attribute) instanceof CompositeData[] list ? list : new CompositeData[0];
  }

  /** The component as the log calls it: {@code sink 'kafka'}. */
  String title() {
    return kind + " '" + name + "'";
  }
}
