package io.sluice.bench;

import java.util.function.IntPredicate;

/**
 * A topic that a contender fills.
 *
 * @param expects which lines belong there
 */
record Topic(String name, IntPredicate expects) {
  int lastOf(int count) {
    int last = count - 1;
    while (last >= 0 && !expects.test(last)) {
      last--;
    }
    return last;
  }
}
