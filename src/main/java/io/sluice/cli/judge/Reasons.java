package io.sluice.cli.judge;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts by name, each with the first line that it was counted for. Used by one thread. */
final class Reasons {
  private final Map<String, Entry> entries = new HashMap<>();

  /** One name's count. */
  static final class Entry {
    private final String name;
    private final Sample sample;
    private long count;

    private Entry(String name, Sample sample) {
      this.name = name;
      this.sample = sample;
    }

    String name() {
      return name;
    }

    Sample sample() {
      return sample;
    }

    long count() {
      return count;
    }
  }

  /**
   * Counts one more; false if the name is new, and its first line is to be {@link #start given}.
   */
  boolean count(String name) {
    @Nullable Entry entry = entries.get(name);
    if (entry == null) {
      return false;
    }
    entry.count++;
    return true;
  }

  void start(String name, Sample sample) {
    var entry = new Entry(name, sample);
    entry.count = 1;
    entries.put(name, entry);
  }

  /** The most frequent first. */
  List<Entry> sorted() {
    return entries.values().stream()
        .sorted(Comparator.comparingLong(Entry::count).reversed().thenComparing(Entry::name))
        .toList();
  }
}
