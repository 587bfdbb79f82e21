package io.sluice.cli.judge;

import io.sluice.cli.check.JudgedSource;
import io.sluice.config.ConfigurationException;
import io.sluice.config.Problems;
import io.sluice.interceptor.InterceptorCheck;
import io.sluice.source.SourceLines;
import io.sluice.validate.RuleTest;
import io.sluice.validate.Rules;
import io.sluice.validate.Validator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What lines are judged by, and how files are cut into lines. The agent's own classes read both.
 *
 * @param steps one for each interceptor, in their order
 */
public record Rulebook(List<Step> steps, SourceLines lines) {
  private static final String RULES_FILE = "rulesFile";
  private static final String TESTS = "tests.";

  /**
   * One interceptor's rules.
   *
   * @param tests only if they are to be run one by one; else they are part of reading the rules
   */
  public record Step(Rules rules, List<RuleTest> tests) {}

  /**
   * @param source where settings come from
   * @param testing whether tests are to be run one by one
   * @throws ConfigurationException naming every problem
   */
  public static Rulebook of(JudgedSource source, boolean testing) {
    var problems = new Problems(source.label());
    Optional<SourceLines> lines = SourceLines.of(source.lines(), problems);
    var steps = new ArrayList<Step>();
    source
        .interceptors()
        .forEach((label, given) -> step(label, given, testing, problems).ifPresent(steps::add));
    problems.throwIfAny();
    return new Rulebook(List.copyOf(steps), lines.orElseThrow());
  }

  /**
   * The rules of a rules file.
   *
   * @throws ConfigurationException naming every problem
   */
  public static Rules trial(Path file) {
    var problems = new Problems("rules file " + file);
    Optional<Rules> rules = Rules.read(file, problems);
    problems.throwIfAny();
    return rules.orElseThrow();
  }

  private static Optional<Step> step(
      String label, Map<String, String> given, boolean testing, Problems problems) {
    var own = new Problems(label);
    var settings = new HashMap<>(given);
    List<RuleTest> tests = List.of();
    if (testing) {
      String file = settings.remove(RULES_FILE);
      if (file != null) {
        settings.putAll(Rules.settings(Path.of(file), own));
      }
      tests = RuleTest.read(settings, own);
      settings.keySet().removeIf(key -> key.startsWith(TESTS));
    }
    Optional<Validator> validator = InterceptorCheck.validator(settings, own);
    own.errors().forEach(error -> problems.error(label.isEmpty() ? error : label + ": " + error));
    List<RuleTest> found = tests;
    return validator.map(read -> new Step(read.rules(), found));
  }
}
