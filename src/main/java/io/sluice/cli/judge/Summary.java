package io.sluice.cli.judge;

import io.sluice.validate.Verdict;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What became of all lines. Used by one thread. */
public final class Summary {
  private final Map<Outcome, long[]> outcomes = new EnumMap<>(Outcome.class);
  private final Reasons reasons = new Reasons();
  private final Reasons flips = new Reasons();
  private final List<RuleNumbers> numbers = new ArrayList<>();
  private final List<String> hints = new ArrayList<>();
  private final boolean onTrial;
  private int files;

  /**
   * @param onTrial whether other rules are compared with those in force
   */
  Summary(boolean onTrial) {
    this.onTrial = onTrial;
    for (Outcome outcome : Outcome.values()) {
      outcomes.put(outcome, new long[1]);
    }
  }

  void countFile() {
    files++;
  }

  void count(Verdict verdict, String file, long number, byte[] line) {
    if (verdict == Verdict.VALID) {
      count(Outcome.valid);
      return;
    }
    count(Outcome.of(verdict));
    count(reasons, Outcome.spelled(verdict), verdict, file, number, line);
  }

  private void count(Outcome outcome) {
    long[] count = outcomes.get(outcome);
    if (count != null) {
      count[0]++;
    }
  }

  void countFlip(Verdict verdict, Verdict trial, String file, long number, byte[] line) {
    String name = Outcome.spelled(verdict) + " -> " + Outcome.spelled(trial);
    count(flips, name, trial, file, number, line);
  }

  private static void count(
      Reasons counts, String name, Verdict verdict, String file, long number, byte[] line) {
    if (!counts.count(name)) {
      counts.start(name, new Sample(file, number, Outcome.value(verdict), line));
    }
  }

  RuleNumbers add(RuleNumbers ofRule) {
    numbers.add(ofRule);
    return ofRule;
  }

  /** Something that a person should know of the rules or of the lines. */
  void hint(String sentence) {
    hints.add(sentence);
  }

  int files() {
    return files;
  }

  long lines() {
    return of(Outcome.valid) + of(Outcome.invalid) + of(Outcome.dropped);
  }

  long of(Outcome outcome) {
    return outcomes.getOrDefault(outcome, new long[1])[0];
  }

  /** The share of all lines, in percent. */
  double percent(long count) {
    return lines() == 0 ? 0 : 100.0 * count / lines();
  }

  /** The share of invalid lines, in percent. */
  public double invalidPercent() {
    return percent(of(Outcome.invalid));
  }

  List<Reasons.Entry> reasons() {
    return reasons.sorted();
  }

  /** Whether any line failed the rule of that name. */
  boolean failed(String rule) {
    return reasons.sorted().stream().anyMatch(entry -> entry.name().startsWith(rule + "."));
  }

  boolean isOnTrial() {
    return onTrial;
  }

  List<Reasons.Entry> flips() {
    return flips.sorted();
  }

  List<RuleNumbers> numbers() {
    return List.copyOf(numbers);
  }

  List<String> hints() {
    return List.copyOf(hints);
  }
}
