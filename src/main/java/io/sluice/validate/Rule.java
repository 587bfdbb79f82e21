package io.sluice.validate;

import io.sluice.validate.Verdict.Dropped;
import io.sluice.validate.Verdict.Invalid;
import org.jspecify.annotations.Nullable;

/** One named rule: a field, its range, and what becomes of lines without a number in the field. */
final class Rule {
  private final RuleInfo info;
  private final Selector selector;
  private final Range range;
  private final boolean integerOnly;
  private final Fallback onNotANumber;
  private final Verdict missing;
  private final Verdict unparsable;
  private final @Nullable FieldObserver observer;

  Rule(
      RuleInfo info,
      Selector selector,
      boolean integerOnly,
      Fallback onMissing,
      Fallback onNotANumber,
      Fallback onUnparsable) {
    this.info = info;
    this.selector = selector;
    this.range = info.range();
    this.integerOnly = integerOnly;
    this.onNotANumber = onNotANumber;
    this.missing = verdict(onMissing, Reason.MISSING, "");
    this.unparsable = verdict(onUnparsable, Reason.UNPARSABLE, "");
    this.observer = null;
  }

  private Rule(Rule rule, FieldObserver observer) {
    this.info = rule.info;
    this.selector = rule.selector;
    this.range = rule.range;
    this.integerOnly = rule.integerOnly;
    this.onNotANumber = rule.onNotANumber;
    this.missing = rule.missing;
    this.unparsable = rule.unparsable;
    this.observer = observer;
  }

  /** The same rule, which also shows to {@code seenBy} what it finds. */
  Rule observedBy(FieldObserver seenBy) {
    return new Rule(this, seenBy);
  }

  RuleInfo info() {
    return info;
  }

  String name() {
    return info.name();
  }

  boolean readsHeaders() {
    return selector.readsHeaders();
  }

  Verdict judge(byte[] line, HeaderLookup headers) {
    return selector.select(line, headers, this);
  }

  /** The field's text is {@code bytes[from..to)}. */
  Verdict found(byte[] bytes, int from, int to) {
    @Nullable Reason reason = DecimalText.judge(bytes, from, to, range, integerOnly);
    if (observer != null) {
      observer.found(bytes, from, to, reason);
    }
    if (reason == null) {
      return Verdict.VALID;
    }
    Fallback fallback = reason == Reason.NOT_A_NUMBER ? onNotANumber : Fallback.INVALID;
    return verdict(
        fallback, reason, fallback == Fallback.INVALID ? ValueText.of(bytes, from, to) : "");
  }

  /** The line has no such field. */
  Verdict missing() {
    return missing;
  }

  /** The line is not in the format that the selector reads. */
  Verdict unparsable() {
    return unparsable;
  }

  private Verdict verdict(Fallback fallback, Reason reason, String value) {
    return switch (fallback) {
      case VALID -> Verdict.VALID;
      case DROP -> new Dropped(info.name(), reason);
      case INVALID -> new Invalid(info.name(), reason, value, range.text());
    };
  }
}
