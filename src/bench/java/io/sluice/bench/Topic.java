package io.sluice.bench;

import java.util.List;
import java.util.function.IntPredicate;

/**
 * A topic that a contender fills.
 *
 * @param expects which lines belong there
 */
record Topic(String name, IntPredicate expects) {
  /** Every line. */
  static Topic raw(String prefix) {
    return new Topic(prefix + "raw", number -> true);
  }

  /** The topics of the whole job. */
  static List<Topic> sorted(String prefix) {
    return List.of(
        raw(prefix),
        new Topic(prefix + "valid", NumberedLog::isValid),
        new Topic(prefix + "invalid", number -> !NumberedLog.isValid(number)));
  }

  /** How many of {@code lines} lines belong there. */
  long expected(int lines) {
    long expected = 0;
    for (int number = 0; number < lines; number++) {
      expected += expects.test(number) ? 1 : 0;
    }
    return expected;
  }
}
