package io.sluice.validate;

import io.sluice.config.Problems;
import io.sluice.config.Values;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Makes one rule of its settings. */
final class RuleReader {
  private final CsvFormat csv;
  private final Problems problems;

  RuleReader(CsvFormat csv, Problems problems) {
    this.csv = csv;
    this.problems = problems;
  }

  /**
   * The rule, unless something is wrong, which is then among the problems.
   *
   * @param prefix what the user wrote before the keys
   * @param given the settings as text, to tell a default from a value
   */
  Optional<Rule> read(String name, String prefix, Map<String, String> given, Values values) {
    Optional<Range> range = range(prefix, given, values);
    Optional<Selector> selector = selector(prefix, values);
    if (range.isEmpty() || selector.isEmpty()) {
      return Optional.empty();
    }
    boolean integerOnly = values.get(RuleSettings.INTEGER_ONLY);
    if (integerOnly && !range.get().holdsWholeNumber()) {
      problems.error(
          "%sintegerOnly = \"true\", and no whole number is in %s.".formatted(prefix, range.get()));
    }
    return Optional.of(
        new Rule(
            new RuleInfo(
                name, given.getOrDefault(RuleSettings.FIELD.key(), "body").strip(), range.get()),
            selector.get(),
            integerOnly,
            values.get(RuleSettings.ON_MISSING),
            values.get(RuleSettings.ON_NOT_A_NUMBER),
            values.get(RuleSettings.ON_UNPARSABLE)));
  }

  private Optional<Selector> selector(String prefix, Values values) {
    try {
      Selector selector = values.find(RuleSettings.FIELD).orElse(Selectors.BODY);
      return Optional.of(selector.within(csv));
    } catch (IllegalArgumentException e) {
      problems.error("%sfield: %s.".formatted(prefix, e.getMessage()));
      return Optional.empty();
    }
  }

  private Optional<Range> range(String prefix, Map<String, String> given, Values values) {
    boolean bounded =
        given.containsKey(RuleSettings.MIN.key()) || given.containsKey(RuleSettings.MAX.key());
    if (given.containsKey(RuleSettings.RANGE.key())) {
      if (bounded) {
        problems.error(
            "%1$srange and %1$smin or %1$smax are both set; give one or the other."
                .formatted(prefix));
      }
      return values.find(RuleSettings.RANGE);
    }
    if (!bounded) {
      problems.error(
          ("%1$srange is missing: give the numbers that are valid, such as [10,20], or %1$smin and"
                  + " %1$smax.")
              .formatted(prefix));
      return Optional.empty();
    }
    var interval =
        Interval.closed(
            values.find(RuleSettings.MIN).orElse(null), values.find(RuleSettings.MAX).orElse(null));
    if (interval.isEmpty()) {
      problems.error(
          "%1$smax = \"%2$s\" is less than %1$smin = \"%3$s\"."
              .formatted(prefix, interval.high(), interval.low()));
      return Optional.empty();
    }
    return Optional.of(new Range(List.of(interval)));
  }
}
