package io.sluice.it;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;
import java.util.function.Predicate;

/** Counts readings by their number, so that millions of them fit into memory. */
final class ReadingCount {
  /** Counted as so many at most: three topics' counts have to fit into a byte. */
  private static final int MOST = Byte.MAX_VALUE / 3;

  private final byte[] seen;
  private final byte[] missing;
  private final byte[] extra;
  private final int written;

  /**
   * @param written how many readings were written, numbered from 0
   */
  ReadingCount(int written) {
    this.written = written;
    this.seen = new byte[written];
    this.missing = new byte[written];
    this.extra = new byte[written];
  }

  /** Compares a topic with the readings that belong there. */
  ReadingCount topic(Topics topics, String name, IntPredicate belongs) {
    return topics(topics, belongs, name);
  }

  /** Compares some topics together with the readings that belong into one of them. */
  ReadingCount topics(Topics topics, IntPredicate belongs, String... names) {
    for (String name : names) {
      try (TopicReader reader = topics.reader(name)) {
        add(reader, line -> true);
      }
    }
    return compare(belongs);
  }

  /** The same, for a topic that also has records that are no readings. */
  ReadingCount topic(TopicReader reader, IntPredicate belongs, Predicate<String> isReading) {
    add(reader, isReading);
    return compare(belongs);
  }

  private void add(TopicReader reader, Predicate<String> isReading) {
    reader.readToEnd(
        next -> {
          String line = new String(next.value(), StandardCharsets.US_ASCII);
          if (isReading.test(line)) {
            add(line);
          }
        });
  }

  private ReadingCount compare(IntPredicate belongs) {
    for (int number = 0; number < written; number++) {
      int expected = belongs.test(number) ? 1 : 0;
      missing[number] += (byte) Math.max(0, expected - seen[number]);
      extra[number] += (byte) Math.max(0, seen[number] - expected);
      seen[number] = 0;
    }
    return this;
  }

  static boolean isValid(int number) {
    return number % 30 >= 10 && number % 30 <= 20;
  }

  /** How many of the readings from {@code first} to before {@code end} did not arrive. */
  long lost(int first, int end) {
    return sum(missing, first, end);
  }

  /** How often they arrived too often. */
  long duplicates(int first, int end) {
    return sum(extra, first, end);
  }

  private static long sum(byte[] counts, int first, int end) {
    long sum = 0;
    for (int number = first; number < end; number++) {
      sum += counts[number];
    }
    return sum;
  }

  static int numberOf(String line) {
    return Integer.parseInt(line.substring("reading ".length(), line.indexOf(" value=")));
  }

  @Override
  public String toString() {
    return "lost=%d duplicates=%d".formatted(lost(0, written), duplicates(0, written));
  }

  private void add(String line) {
    int number = numberOf(line);
    seen[number] = (byte) Math.min(MOST, seen[number] + 1);
  }
}
