package io.sluice.validate;

import static io.sluice.validate.Judging.problems;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.validate.Verdict.Invalid;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class RulesTest {
  @Test
  void anInvalidLineNamesTheRuleTheReasonTheValueAndTheRange() {
    assertThat(Judging.rules("field", "key:t", "range", "[ 10, 20.0 ]").verdict("t=25"))
        .isEqualTo(new Invalid("range", Reason.ABOVE, "25", "[10,20]"));
  }

  @Test
  void minAndMaxAreTheShortFormOfAClosedInterval() {
    assertThat(Judging.rules("min", "10", "max", "20").verdict("21"))
        .isEqualTo(new Invalid("range", Reason.ABOVE, "21", "[10,20]"));
    assertThat(Judging.rules("min", "10").of("1e9")).isEqualTo("valid");
    assertThat(Judging.rules("max", "10").verdict("11"))
        .isEqualTo(new Invalid("range", Reason.ABOVE, "11", "(,10]"));
    assertThat(Judging.rules("min", "5", "max", "5.0").of("5")).isEqualTo("valid");
  }

  @Test
  void allRulesMustHoldAndTheFirstThatDoesNotIsReported() {
    Judging judging =
        Judging.rules(
            "rules", "b a",
            "rules.a.field", "key:a",
            "rules.a.range", "[0,1]",
            "rules.b.field", "key:b",
            "rules.b.range", "[0,1]");
    assertThat(judging.of("a=1 b=1")).isEqualTo("valid");
    assertThat(judging.verdict("a=5 b=1")).isEqualTo(new Invalid("a", Reason.ABOVE, "5", "[0,1]"));
    assertThat(judging.verdict("a=5 b=-6"))
        .isEqualTo(new Invalid("b", Reason.BELOW, "-6", "[0,1]"));
    assertThat(judging.rules().names()).containsExactly("b", "a");
  }

  @Test
  void linesThatCannotBeJudgedFollowTheirFallback() {
    Judging drop =
        Judging.rules(
            "field", "json:/a",
            "range", "[0,1]",
            "onMissing", "drop",
            "onNotANumber", "valid",
            "onUnparsable", "drop");
    assertThat(drop.of("{}")).isEqualTo("dropped MISSING");
    assertThat(drop.of("{\"a\":\"x\"}")).isEqualTo("valid");
    assertThat(drop.of("{")).isEqualTo("dropped UNPARSABLE");
    assertThat(drop.of("{\"a\":2}")).isEqualTo("ABOVE 2");
    Judging pass = Judging.rules("field", "key:a", "range", "[0,1]", "onMissing", "valid");
    assertThat(pass.of("b=1")).isEqualTo("valid");
    assertThat(Judging.rules("range", "[0,1]", "onNotANumber", "drop").of("x"))
        .isEqualTo("dropped NOT_A_NUMBER");
  }

  @Test
  void aRuleThatPassesALineLeavesItToTheNext() {
    Judging judging =
        Judging.rules(
            "rules", "a b",
            "rules.a.field", "key:a",
            "rules.a.range", "[0,1]",
            "rules.a.onMissing", "valid",
            "rules.b.field", "key:b",
            "rules.b.range", "[0,1]");
    assertThat(judging.of("b=9")).isEqualTo("ABOVE 9");
  }

  @Test
  void longValuesAreCutBetweenCharacters() {
    String cut = Judging.range("[0,1]").of("é".repeat(1000));
    assertThat(cut).isEqualTo("NOT_A_NUMBER " + "é".repeat(64) + "…");
    String uneven = Judging.range("[0,1]").of("x" + "é".repeat(1000));
    assertThat(uneven).isEqualTo("NOT_A_NUMBER x" + "é".repeat(63) + "…");
    assertThat(uneven.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(160);
    assertThat(Judging.range("[0,1]").of("\u0000\u00ff" + "𝄞".repeat(200))).endsWith("𝄞…");
  }

  @Test
  void bytesThatAreNoTextAreShownAsReplacements() {
    assertThat(Judging.range("[0,1]").of(new byte[] {(byte) 0xff, 'a'}, HeaderLookup.NONE))
        .isEqualTo("NOT_A_NUMBER \ufffda");
  }

  @Test
  void everyProblemIsToldAtOnce() {
    assertThat(
            problems("field", "jsn:/a", "rnage", "[1,2]", "integerOnly", "yes", "onMissing", "drp"))
        .containsExactly(
            "field = \"jsn:/a\" is not one of body, key:NAME, json:/POINTER, csv:COLUMN,"
                + " regex:PATTERN or header:NAME.",
            "integerOnly = \"yes\" is not true or false.",
            "onMissing = \"drp\" is not one of invalid, valid, drop.",
            "rnage is not a known key; the nearest is range.",
            "range is missing: give the numbers that are valid, such as [10,20], or min and max.");
  }

  @Test
  void aBadRangeIsRefusedWithThePositionOfTheMistake() {
    assertThat(problems("range", "[20,10]"))
        .containsExactly(
            "range = \"[20,10]\" is not a range such as [10,20] or [0,100) (200,): at character 5:"
                + " the end 10 is less than the start 20.");
    assertThat(problems("min", "20", "max", "10"))
        .containsExactly("max = \"10\" is less than min = \"20\".");
    assertThat(problems("min", "ten"))
        .containsExactly("min = \"ten\" is not a decimal number: \"ten\" is not a decimal number.");
    assertThat(problems("range", "[1,2]", "min", "1"))
        .containsExactly("range and min or max are both set; give one or the other.");
    assertThat(problems("range", "(1,2)", "integerOnly", "true"))
        .containsExactly("integerOnly = \"true\", and no whole number is in (1,2).");
  }

  @Test
  void namedRulesAreCheckedAgainstTheirList() {
    assertThat(
            problems(
                "rules", "hot cold hot",
                "rules.hot.range", "[1,2]",
                "rules.hot.rnge", "[1,2]",
                "rules.cld.range", "[1,2]",
                "field", "body"))
        .containsExactly(
            "field is for a rule without a name; with rules write rules.NAME.field.",
            "rules names \"hot\" twice.",
            "rules.cld is set, but \"cld\" is not named in rules = \"hot cold hot\".",
            "rules.hot.rnge is not a known key; the nearest is rules.hot.range.",
            "rules.cold.range is missing: give the numbers that are valid, such as [10,20], or"
                + " rules.cold.min and rules.cold.max.");
    assertThat(problems("rules", "a.b", "rules.a.b.range", "[1,2]")).isNotEmpty();
    assertThat(problems("rules", ",")).containsExactly("rules names no rule.");
    assertThat(problems()).singleElement().asString().startsWith("range is missing");
  }

  @Test
  void aShadowHasProblemsOfItsOwn() {
    assertThat(problems("range", "[1,2]", "shadow.range", "[2,1]", "shadow.rules", "x"))
        .anyMatch(problem -> problem.startsWith("shadow.range = \"[2,1]\""))
        .anyMatch(problem -> problem.startsWith("shadow.rules.x.range is missing"));
    Judging judging = Judging.rules("range", "[1,2]", "shadow.range", "[1,3]");
    assertThat(judging.of("3")).isEqualTo("ABOVE 3");
    assertThat(judging.rules().shadow()).isPresent();
  }

  @Test
  void theHashChangesWithTheRulesAndOnlyThen() {
    String hash = Judging.rules("range", "[1,2]", "field", "body").rules().hash();
    assertThat(hash).matches("[0-9a-f]{12}");
    assertThat(Judging.rules("field", "body", "range", "[1,2]").rules().hash()).isEqualTo(hash);
    assertThat(Judging.rules("range", "[1,2]", "field", "body", "shadow.min", "1").rules().hash())
        .isEqualTo(hash);
    assertThat(Judging.rules("range", "[1,3]", "field", "body").rules().hash()).isNotEqualTo(hash);
  }
}
