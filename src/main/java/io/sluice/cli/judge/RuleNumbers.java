package io.sluice.cli.judge;

import io.sluice.cli.survey.Decimals;
import io.sluice.cli.survey.Distribution;
import io.sluice.validate.FieldObserver;
import io.sluice.validate.Range;
import io.sluice.validate.Reason;
import io.sluice.validate.RuleInfo;
import org.jspecify.annotations.Nullable;

/** The numbers that one rule found, in its range and out of it. Used by one thread. */
final class RuleNumbers implements FieldObserver {
  private final RuleInfo rule;
  private final FieldObserver next;
  private final Distribution all = new Distribution();
  private final Distribution outside = new Distribution();
  private long found;

  /**
   * @param next hears the same
   */
  RuleNumbers(RuleInfo rule, FieldObserver next) {
    this.rule = rule;
    this.next = next;
  }

  @Override
  public void found(byte[] bytes, int from, int to, @Nullable Reason reason) {
    found++;
    next.found(bytes, from, to, reason);
    if (reason != Reason.NOT_A_NUMBER) {
      double number = Decimals.parse(bytes, from, to);
      all.add(number);
      if (reason != null) {
        outside.add(number);
      }
    }
  }

  RuleInfo rule() {
    return rule;
  }

  Range range() {
    return rule.range();
  }

  /** How often the field was there, with a number in it or not. */
  long found() {
    return found;
  }

  Distribution all() {
    return all;
  }

  /** Those that the rule does not allow. */
  Distribution outside() {
    return outside;
  }
}
