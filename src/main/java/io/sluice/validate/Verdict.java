package io.sluice.validate;

/** What a rule set says of one line. Immutable. */
public sealed interface Verdict {
  /** All rules hold. */
  record Valid() implements Verdict {}

  /**
   * A rule does not hold.
   *
   * @param rule name of the first rule that failed
   * @param value the field's text as found, bounded in length; empty if there was none
   * @param range the rule's range in canonical form
   */
  record Invalid(String rule, Reason reason, String value, String range) implements Verdict {}

  /** A rule asks that such a line goes nowhere. */
  record Dropped(String rule, Reason reason) implements Verdict {}

  /** The one valid verdict. */
  Verdict VALID = new Valid();
}
