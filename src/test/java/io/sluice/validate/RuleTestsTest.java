package io.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RuleTestsTest {
  @TempDir Path folder;

  private static List<String> errors(Map<String, String> settings) {
    var problems = new Problems("test");
    Optional<Rules> rules = Rules.compile(settings, problems);
    assertThat(rules.isPresent()).isEqualTo(problems.errors().isEmpty());
    return problems.errors();
  }

  private static Map<String, String> with(String... more) {
    var settings = new HashMap<String, String>();
    settings.put("field", "key:t");
    settings.put("range", "[10,20]");
    for (int i = 0; i < more.length; i += 2) {
      settings.put(more[i], more[i + 1]);
    }
    return settings;
  }

  @ParameterizedTest
  @CsvSource({
    "t=15, valid",
    "t=9, BELOW",
    "t=9, invalid",
    "t=9, range.BELOW",
    "t=21, ABOVE",
    "t=off, NOT_A_NUMBER",
    "u=1, MISSING",
    "t=\"1, UNPARSABLE"
  })
  void aTestThatHoldsIsSilent(String line, String expect) {
    assertThat(errors(with("tests.a.line", line, "tests.a.expect", expect))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"t=15, BELOW, valid", "t=9, valid, range.BELOW", "t=9, other.BELOW, range.BELOW"})
  void aTestThatFailsRefusesTheRules(String line, String expect, String actual) {
    assertThat(errors(with("tests.a.line", line, "tests.a.expect", expect)))
        .containsExactly(
            "tests.a.expect = \"%s\", but by these rules that line is %s."
                .formatted(expect, actual));
  }

  @Test
  void everyFailureIsTold() {
    assertThat(
            errors(
                with(
                    "tests.a.line",
                    "t=1",
                    "tests.a.expect",
                    "valid",
                    "tests.b.line",
                    "t=15",
                    "tests.b.expect",
                    "valid",
                    "tests.c.line",
                    "t=2",
                    "tests.c.expect",
                    "ABOVE")))
        .hasSize(2);
  }

  @Test
  void droppedLinesAndHeadersCanBeExpected() {
    assertThat(
            errors(
                Map.of(
                    "field", "header:t",
                    "range", "[10,20]",
                    "onMissing", "drop",
                    "tests.none.line", "x",
                    "tests.none.expect", "dropped",
                    "tests.some.line", "x",
                    "tests.some.headers.t", "9",
                    "tests.some.expect", "BELOW")))
        .isEmpty();
  }

  @Test
  void whatIsWrongWithATestIsTold() {
    assertThat(
            errors(
                with(
                    "tests.a.line", "t=1",
                    "tests.b.line", "t=1",
                    "tests.b.expect", "COLD",
                    "tests.c.expct", "valid")))
        .containsExactlyInAnyOrder(
            "tests.a.expect is missing: valid, invalid, dropped, a reason such as BELOW, or"
                + " RULE.REASON.",
            "tests.b.expect = \"COLD\" is not valid, invalid, dropped, a reason such as BELOW, or"
                + " RULE.REASON.",
            "tests.c.line is missing: the line to check.",
            "tests.c.expect is missing: valid, invalid, dropped, a reason such as BELOW, or"
                + " RULE.REASON.",
            "tests.c.expct is not a known key; the nearest is tests.c.expect.");
  }

  @Test
  void testsDoNotChangeTheHash() {
    var problems = new Problems("test");
    Rules without = Rules.compile(with(), problems).orElseThrow();
    Rules with =
        Rules.compile(with("tests.a.line", "t=15", "tests.a.expect", "valid"), problems)
            .orElseThrow();

    assertThat(with.hash()).isEqualTo(without.hash());
  }

  @Test
  void aChangedFileWhoseTestsFailLeavesTheRulesBeforeInForce() throws Exception {
    Path file = folder.resolve("rules.properties");
    String tests = "tests.a.line = t=15\ntests.a.expect = valid\n";
    Files.writeString(file, "field = key:t\nrange = [10,20]\n" + tests);
    Map<String, String> given = Map.of("rulesFile", file.toString());
    var problems = new Problems("interceptor");
    var clock = new AtomicLong();
    var refused = new StringBuilder();
    ValidatorListener listener =
        new ValidatorListener() {
          @Override
          public void rulesReplaced(Rules rules) {
            throw new AssertionError("these rules fail their tests");
          }

          @Override
          public void rulesRefused(String text) {
            refused.append(text);
          }

          @Override
          public void alarmRaised(double ratio) {}

          @Override
          public void alarmCleared(double ratio) {}
        };
    Validator validator =
        Validator.create(
                given,
                ValidatorSettings.SETTINGS.parse(given, problems),
                problems,
                listener,
                clock::get)
            .orElseThrow();
    String hash = validator.rules().hash();

    Files.writeString(file, "field = key:t\nrange = [100,200]\n" + tests);
    for (int look = 0; look < 3; look++) {
      clock.addAndGet(2_000_000_000L);
      validator.refresh();
    }

    assertThat(refused).contains("tests.a.expect = \"valid\", but by these rules");
    assertThat(validator.rules().hash()).isEqualTo(hash);
    assertThat(validator.isRulesFileRefused()).isTrue();
  }
}
