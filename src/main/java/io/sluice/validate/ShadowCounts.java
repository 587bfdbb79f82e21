package io.sluice.validate;

import io.sluice.validate.Verdict.Valid;
import java.util.concurrent.atomic.LongAdder;

/**
 * What rules on trial would do otherwise than the rules in force. Two verdicts differ when the line
 * would go another way: to valid, to invalid, or nowhere. Thread-safe.
 */
public final class ShadowCounts {
  private final LongAdder differences = new LongAdder();
  private final LongAdder stricter = new LongAdder();
  private final LongAdder looser = new LongAdder();

  ShadowCounts() {}

  void add(Verdict verdict, Verdict trial) {
    if (verdict.getClass() == trial.getClass()) {
      return;
    }
    differences.increment();
    if (verdict instanceof Valid) {
      stricter.increment();
    } else if (trial instanceof Valid) {
      looser.increment();
    }
  }

  public long differences() {
    return differences.sum();
  }

  /** Lines that are valid and would not be. */
  public long stricter() {
    return stricter.sum();
  }

  /** Lines that are not valid and would be. */
  public long looser() {
    return looser.sum();
  }
}
