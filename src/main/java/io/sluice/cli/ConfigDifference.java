package io.sluice.cli;

import io.sluice.cli.check.Secrets;
import io.sluice.config.ConfigurationException;
import io.sluice.config.PropertyLines;
import io.sluice.config.PropertyLines.Entry;
import io.sluice.config.PropertyLines.MalformedEscapeException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** How two configurations differ as an agent sees them: by keys, whatever their order. */
final class ConfigDifference {
  private ConfigDifference() {}

  /**
   * A line for what each key has before and has after, with secrets masked; none if they mean the
   * same.
   *
   * @throws ConfigurationException if one of them is no properties file
   */
  static List<String> lines(byte[] before, byte[] after) {
    List<Entry> old = entries("what is stored", before);
    List<Entry> young = entries("the file", after);
    Secrets secrets = Secrets.of(Stream.concat(old.stream(), young.stream()).toList());
    Map<String, String> oldValues = new TreeMap<>(PropertyLines.values(old));
    Map<String, String> youngValues = PropertyLines.values(young);
    var keys = new TreeSet<>(oldValues.keySet());
    keys.addAll(youngValues.keySet());
    var lines = new ArrayList<String>();
    for (String key : keys) {
      String was = oldValues.get(key);
      String is = youngValues.get(key);
      if (was != null && !was.equals(is)) {
        lines.add(secrets.mask("- %s = %s".formatted(key, was)));
      }
      if (is != null && !is.equals(was)) {
        lines.add(secrets.mask("+ %s = %s".formatted(key, is)));
      }
    }
    return lines;
  }

  private static List<Entry> entries(String what, byte[] config) {
    try {
      return PropertyLines.read(new String(config, StandardCharsets.UTF_8));
    } catch (MalformedEscapeException e) {
      throw new ConfigurationException(
          "%s: line %d has %s.".formatted(what, e.line(), e.getMessage()));
    }
  }
}
