package io.sluice.it;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares lines that arrived with lines that were written, exactly and by their bytes. A line may
 * have been written several times; then it has to arrive as often.
 */
public final class Tally {
  /** Written minus arrived, by line; a character is a byte. */
  private final Map<String, Integer> open = new HashMap<>();

  private long written;
  private long arrived;

  public Tally written(byte[] line) {
    written++;
    open.merge(text(line), 1, Integer::sum);
    return this;
  }

  public Tally written(Collection<byte[]> lines) {
    lines.forEach(this::written);
    return this;
  }

  public Tally arrived(byte[] line) {
    arrived++;
    open.merge(text(line), -1, Integer::sum);
    return this;
  }

  public Tally arrived(Collection<byte[]> lines) {
    lines.forEach(this::arrived);
    return this;
  }

  public long lost() {
    return open.values().stream().mapToLong(count -> Math.max(0, count)).sum();
  }

  /** Lines that arrived more often than they were written; those never written are among them. */
  public long duplicates() {
    return open.values().stream().mapToLong(count -> Math.max(0, -count)).sum();
  }

  /** Some of the lines that arrived more often than they were written. */
  public List<String> repeated() {
    return open.entrySet().stream()
        .filter(line -> line.getValue() < 0)
        .map(Map.Entry::getKey)
        .sorted()
        .limit(20)
        .toList();
  }

  @Override
  public String toString() {
    return "written=%d arrived=%d lost=%d duplicates=%d"
        .formatted(written, arrived, lost(), duplicates());
  }

  private static String text(byte[] line) {
    return new String(line, StandardCharsets.ISO_8859_1);
  }
}
