package io.sluice.sink;

import io.sluice.config.Problems;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** Refuses topics that Kafka would refuse record by record, and topics that are mixed up. */
final class TopicNames {
  private static final Pattern LEGAL = Pattern.compile("[A-Za-z0-9._-]{1,249}");

  /** What Flume fills in for each event: {@code %{header}}, {@code %[localhost]}, {@code %y}. */
  private static final Pattern ESCAPE = Pattern.compile("%(\\{[^}]*}|\\[[^\\]]*]|[A-Za-z%])");

  private TopicNames() {}

  /**
   * @param topics names by the keys that give them
   */
  static void check(Map<String, String> topics, Problems problems) {
    Map<String, String> keys = new HashMap<>();
    topics.forEach(
        (key, topic) -> {
          if (!isPossible(topic)) {
            problems.error(
                ("%s = \"%s\" is not a topic name: up to 249 letters, digits, '.', '_' and '-',"
                        + " other than \".\" and \"..\".")
                    .formatted(key, topic));
          }
          String other = keys.putIfAbsent(topic, key);
          if (other != null) {
            problems.error(
                "%s = \"%s\" is the topic of %s too; each needs its own."
                    .formatted(key, topic, other));
          }
        });
  }

  private static boolean isPossible(String topic) {
    String filledIn = ESCAPE.matcher(topic).replaceAll("x");
    return LEGAL.matcher(filledIn).matches() && !filledIn.matches("\\.{1,2}");
  }
}
