package io.sluice.it;

import java.nio.charset.StandardCharsets;
import java.util.function.IntPredicate;

/** Counts readings by their number, so that millions of them fit into memory. */
final class ReadingCount {
  private final byte[] seen;
  private final int written;
  private long lost;
  private long duplicates;

  /**
   * @param written how many readings were written, numbered from 0
   */
  ReadingCount(int written) {
    this.written = written;
    this.seen = new byte[written];
  }

  /** Compares a topic with the readings that belong there. */
  ReadingCount topic(Topics topics, String name, IntPredicate belongs) {
    try (TopicReader reader = topics.reader(name)) {
      reader.readToEnd(next -> add(next.value()));
    }
    for (int number = 0; number < written; number++) {
      int expected = belongs.test(number) ? 1 : 0;
      lost += Math.max(0, expected - seen[number]);
      duplicates += Math.max(0, seen[number] - expected);
      seen[number] = 0;
    }
    return this;
  }

  static boolean isValid(int number) {
    return number % 30 >= 10 && number % 30 <= 20;
  }

  @Override
  public String toString() {
    return "lost=%d duplicates=%d".formatted(lost, duplicates);
  }

  private void add(byte[] line) {
    String text = new String(line, StandardCharsets.US_ASCII);
    int number = Integer.parseInt(text.substring("reading ".length(), text.indexOf(" value=")));
    seen[number] = (byte) Math.min(Byte.MAX_VALUE, seen[number] + 1);
  }
}
