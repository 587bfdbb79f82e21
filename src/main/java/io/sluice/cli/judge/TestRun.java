package io.sluice.cli.judge;

import io.sluice.cli.judge.Rulebook.Step;
import io.sluice.cli.terminal.Style;
import io.sluice.validate.RuleTest;
import java.io.PrintWriter;

/** Runs the tests that rules carry. */
public final class TestRun {
  private TestRun() {}

  /** Prints each test's outcome; whether all hold. */
  public static boolean run(Rulebook rulebook, PrintWriter out, Style style) {
    int tests = 0;
    int failures = 0;
    for (Step step : rulebook.steps()) {
      for (RuleTest test : step.tests()) {
        boolean passes = test.passes(step.rules());
        tests++;
        failures += passes ? 0 : 1;
        out.println(
            passes
                ? "%s  %s: %s".formatted(style.good("ok  "), test.name(), test.expected())
                : "%s  %s: expected %s, is %s"
                    .formatted(
                        style.bad("FAIL"),
                        test.name(),
                        test.expected(),
                        test.actual(step.rules())));
      }
    }
    out.println(
        tests == 0
            ? "The rules carry no tests: tests.NAME.line and tests.NAME.expect."
            : "%s, %d failed".formatted(SummaryText.counted(tests, "test"), failures));
    return failures == 0;
  }
}
