package io.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

final class BatchLimitTest {
  private static final int MAX = 10_000;

  @Test
  void doublesAgainAfterTheCulprit() {
    var limit = new BatchLimit(8);
    limit.refused(8);
    assertThat(limit.events()).isEqualTo(4);
    limit.refused(4);
    limit.refused(2);
    limit.refused(1);
    assertThat(limit.events()).isEqualTo(1);
    limit.delivered(1);
    assertThat(limit.events()).isEqualTo(2);
    limit.delivered(2);
    limit.delivered(4);
    limit.delivered(8);
    assertThat(limit.events()).isEqualTo(8);
  }

  @RepeatedTest(5)
  void findsOneCulpritInFewTransactions() {
    assertThat(transactionsFor(1)).isLessThanOrEqualTo(32);
  }

  @RepeatedTest(5)
  void findsTenCulpritsInFewTransactions() {
    assertThat(transactionsFor(10)).isLessThanOrEqualTo(320);
  }

  /** Ships 10,000 events of which some are refused; a culprit that was alone is let through. */
  private static int transactionsFor(int culprits) {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var refused = new BitSet();
    while (refused.cardinality() < culprits) {
      refused.set(random.nextInt(MAX));
    }
    var limit = new BatchLimit(MAX);
    int transactions = 0;
    for (int head = 0; head < MAX; transactions++) {
      int events = Math.min(limit.events(), MAX - head);
      int culprit = refused.nextSetBit(head);
      if (culprit < 0 || culprit >= head + events) {
        limit.delivered(events);
        head += events;
      } else {
        limit.refused(events);
        if (events == 1) {
          refused.clear(culprit);
        }
      }
      assertThat(transactions).as("seed %d", seed).isLessThan(10_000);
    }
    return transactions;
  }
}
