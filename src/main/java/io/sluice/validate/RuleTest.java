package io.sluice.validate;

import io.sluice.config.Problems;
import io.sluice.config.Setting;
import io.sluice.config.Settings;
import io.sluice.config.Values;
import io.sluice.validate.Verdict.Dropped;
import io.sluice.validate.Verdict.Invalid;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * An example that comes with rules: a line, and the verdict that it must get. Rules whose examples
 * fail are refused. Immutable and thread-safe.
 */
public final class RuleTest {
  private static final Pattern EXPECTATION =
      Pattern.compile(
          "valid|invalid|dropped|([A-Za-z0-9_-]+\\.)?"
              + "(BELOW|ABOVE|GAP|MISSING|NOT_A_NUMBER|NOT_AN_INTEGER|UNPARSABLE)");

  private static final Setting<String> LINE =
      Setting.string("line").required().doc("the line to check.");
  private static final Setting<String> EXPECT =
      Setting.of(
              "expect",
              "valid, invalid, dropped, a reason such as BELOW, or RULE.REASON",
              RuleTest::expectation)
          .required()
          .doc("valid, invalid, dropped, a reason such as BELOW, or RULE.REASON.");
  private static final Setting<String> HEADERS = Setting.prefix("headers.");
  private static final Settings SETTINGS = Settings.of("One test", LINE, EXPECT, HEADERS);

  private final String name;
  private final byte[] line;
  private final Map<String, String> headers;
  private final String expected;

  private RuleTest(String name, byte[] line, Map<String, String> headers, String expected) {
    this.name = name;
    this.line = line;
    this.headers = headers;
    this.expected = expected;
  }

  /**
   * The tests among the settings of a rule set, by name; what is wrong with their settings is added
   * to {@code problems}.
   */
  public static List<RuleTest> read(Map<String, String> given, Problems problems) {
    Settings tests = Settings.of("Tests", RuleSettings.TESTS);
    var own = new TreeMap<>(given);
    own.keySet().removeIf(key -> !tests.isKnown(key));
    return read(tests.parse(own, problems), problems);
  }

  static List<RuleTest> read(Values values, Problems problems) {
    var tests = new ArrayList<RuleTest>();
    RuleCompiler.byName(values.under(RuleSettings.TESTS))
        .forEach(
            (name, given) -> {
              Values test = SETTINGS.parse(RuleSettings.TESTS.key() + name + ".", given, problems);
              String text = given.get(LINE.key());
              if (text != null && test.find(EXPECT).isPresent()) {
                byte[] line = text.getBytes(StandardCharsets.UTF_8);
                tests.add(new RuleTest(name, line, test.under(HEADERS), test.get(EXPECT)));
              }
            });
    return List.copyOf(tests);
  }

  private static String expectation(String text) {
    if (!EXPECTATION.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    return text;
  }

  public String name() {
    return name;
  }

  public String expected() {
    return expected;
  }

  /** What {@code rules} say of the line, in the words of an expectation. */
  public String actual(Rules rules) {
    Verdict verdict = rules.judge(line, headers::get);
    if (verdict instanceof Invalid no) {
      return no.rule() + "." + no.reason();
    }
    return verdict instanceof Dropped ? "dropped" : "valid";
  }

  /** Whether {@code rules} say what is expected, which may leave out the rule or the reason. */
  public boolean passes(Rules rules) {
    String actual = actual(rules);
    boolean invalid = actual.indexOf('.') > 0;
    return expected.equals(actual)
        || (invalid && (expected.equals("invalid") || actual.endsWith("." + expected)));
  }

  /** Adds an error for each test that {@code rules} fail. */
  static void run(List<RuleTest> tests, Rules rules, Problems problems) {
    for (RuleTest test : tests) {
      if (!test.passes(rules)) {
        problems.error(
            "%s%s.expect = \"%s\", but by these rules that line is %s."
                .formatted(RuleSettings.TESTS.key(), test.name, test.expected, test.actual(rules)));
      }
    }
  }
}
