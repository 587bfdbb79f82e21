package io.sluice.cli.judge;

import io.sluice.validate.Verdict;
import io.sluice.validate.Verdict.Dropped;
import io.sluice.validate.Verdict.Invalid;

/** Where a verdict sends a line. */
public enum Outcome {
  valid,
  invalid,
  dropped;

  static Outcome of(Verdict verdict) {
    if (verdict instanceof Invalid) {
      return invalid;
    }
    return verdict instanceof Dropped ? dropped : valid;
  }

  /** The rule and its reason, such as {@code hot.ABOVE}; or {@code valid}. */
  static String spelled(Verdict verdict) {
    if (verdict instanceof Invalid no) {
      return no.rule() + "." + no.reason();
    }
    return verdict instanceof Dropped drop
        ? drop.rule() + "." + drop.reason() + " (dropped)"
        : valid.name();
  }

  static String value(Verdict verdict) {
    return verdict instanceof Invalid no ? no.value() : "";
  }
}
