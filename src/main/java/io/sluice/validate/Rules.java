package io.sluice.validate;

import io.sluice.config.Problems;
import io.sluice.config.Values;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A compiled rule set: named rules, all of which must hold.
 *
 * <p>Immutable and thread-safe. Judging never throws, keeps no array it was given, and allocates
 * nothing for a valid plain decimal in a field of the kinds body, key and csv.
 */
public final class Rules {
  private final List<Rule> rules;
  private final String hash;
  private final boolean readsHeaders;
  private final Optional<Rules> shadow;

  Rules(List<Rule> rules, String hash, Optional<Rules> shadow) {
    this.rules = List.copyOf(rules);
    this.hash = hash;
    this.shadow = shadow;
    this.readsHeaders =
        rules.stream().anyMatch(Rule::readsHeaders)
            || shadow.map(Rules::readsHeaders).orElse(false);
  }

  /**
   * Compiles {@link RuleSettings#SETTINGS}. Everything that is wrong is added to {@code problems};
   * then the result is empty.
   */
  public static Optional<Rules> compile(Map<String, String> given, Problems problems) {
    int before = problems.errors().size();
    Optional<Rules> rules = compile(given, RuleSettings.SETTINGS.parse(given, problems), problems);
    return problems.errors().size() == before ? rules : Optional.empty();
  }

  /**
   * The same for a component that has other settings too.
   *
   * @param values {@code given}, parsed by settings that include {@link RuleSettings#SETTINGS}
   */
  public static Optional<Rules> compile(
      Map<String, String> given, Values values, Problems problems) {
    int before = problems.errors().size();
    Rules rules = new RuleCompiler(values, problems).rules(given, values);
    List<RuleTest> tests = RuleTest.read(values, problems);
    if (problems.errors().size() == before) {
      RuleTest.run(tests, rules, problems);
    }
    return problems.errors().size() == before ? Optional.of(rules) : Optional.empty();
  }

  /** The settings in a rules file; everything that is wrong is added to {@code problems}. */
  public static Map<String, String> settings(Path file, Problems problems) {
    return new RulesFile(file).settings(problems);
  }

  /** Reads and compiles a rules file; everything that is wrong is added to {@code problems}. */
  public static Optional<Rules> read(Path file, Problems problems) {
    return new RulesFile(file).load(problems);
  }

  /**
   * The verdict of the first rule that does not hold, or {@link Verdict#VALID}.
   *
   * @param line not changed; may be reused by the caller afterwards
   */
  public Verdict judge(byte[] line, HeaderLookup headers) {
    for (int i = 0; i < rules.size(); i++) {
      Verdict verdict = rules.get(i).judge(line, headers);
      if (verdict != Verdict.VALID) {
        return verdict;
      }
    }
    return Verdict.VALID;
  }

  /** The same rules, the shadow too, which also show what they find in their fields. */
  public Rules observedBy(Function<RuleInfo, FieldObserver> observers) {
    return new Rules(
        rules.stream().map(rule -> rule.observedBy(observers.apply(rule.info()))).toList(),
        hash,
        shadow);
  }

  /** What each rule checks, in the order in which they are tried. */
  public List<RuleInfo> infos() {
    return rules.stream().map(Rule::info).toList();
  }

  /** The names of the rules, in the order in which they are tried. */
  public List<String> names() {
    return rules.stream().map(Rule::name).toList();
  }

  /** Whether any rule, of the shadow too, reads headers; if not, they need not be at hand. */
  public boolean readsHeaders() {
    return readsHeaders;
  }

  /** Twelve hexadecimal digits that identify these rules, without the shadow rules. */
  public String hash() {
    return hash;
  }

  /** Rules on trial: they are counted and decide nothing. */
  public Optional<Rules> shadow() {
    return shadow;
  }
}
