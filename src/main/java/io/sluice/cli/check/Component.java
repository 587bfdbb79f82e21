package io.sluice.cli.check;

import io.sluice.config.PropertyLines.Entry;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * One component as it is written down. Immutable.
 *
 * @param label as messages call it
 * @param listLine where the component is listed
 * @param entries its own keys, without what stands before them
 */
record Component(Kind kind, String name, String label, int listLine, Map<String, Entry> entries) {
  /** Words of messages, and seldom meant as keys there. */
  private static final Set<String> COMMON_WORDS = Set.of("type", "channel", "channels", "rules");

  Optional<String> find(String key) {
    return Optional.ofNullable(entries.get(key)).map(entry -> entry.value().strip());
  }

  String type() {
    return find("type").orElse("");
  }

  boolean isMemoryChannel() {
    return kind == Kind.CHANNEL
        && (type().equalsIgnoreCase("memory")
            || type().equals("org.apache.flume.channel.MemoryChannel"));
  }

  /** Words of a list, which Flume separates by blanks. */
  List<String> words(String key) {
    return find(key).map(AgentFile::words).orElse(List.of());
  }

  Map<String, String> values() {
    Map<String, String> values = new TreeMap<>();
    entries.forEach((key, entry) -> values.put(key, entry.value().strip()));
    return values;
  }

  /** The part of the entries behind {@code prefix}. */
  Map<String, Entry> under(String prefix) {
    Map<String, Entry> found = new LinkedHashMap<>();
    entries.forEach(
        (key, entry) -> {
          if (key.startsWith(prefix) && key.length() > prefix.length()) {
            found.put(key.substring(prefix.length()), entry);
          }
        });
    return found;
  }

  /** Where {@code key} stands, or else where the component begins. */
  int lineOf(String key) {
    Entry entry = entries.get(key);
    if (entry == null) {
      entry = entries.get("type");
    }
    return entry == null ? listLine : entry.line();
  }

  /** The key that a message is about: the one that it begins with, or else one that it names. */
  Optional<String> keyOf(String message) {
    String first = message.split("[\\s:=]", 2)[0];
    if (entries.containsKey(first)) {
      return Optional.of(first);
    }
    String words = " " + message.replaceAll("[\\s:;,=()\"]|\\.(?=\\s|$)", " ") + " ";
    return entries.keySet().stream()
        .filter(key -> !COMMON_WORDS.contains(key) && words.contains(" " + key + " "))
        .min(Comparator.comparingInt(key -> words.indexOf(" " + key + " ")));
  }

  /** Whether Flume puts something else into the value, which cannot be known here. */
  boolean isPlaceholder(String key) {
    return find(key).filter(value -> value.contains("${")).isPresent();
  }
}
