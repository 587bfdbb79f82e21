package io.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RangeTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[10,20]|[10,20]",
        " [ 10 , 20 ] |[10,20]",
        "(0,1)|(0,1)",
        "[0,100)(200,)|[0,100) (200,)",
        "(200,)  [0,100)|[0,100) (200,)",
        "(,-5]|(,-5]",
        "(,)|(,)",
        "[1e1,2.50e1]|[10,25]",
        "[-0,+0.10]|[0,0.1]",
        "[5,5]|[5,5]",
        "[10,20] (20,30]|[10,30]",
        "[10,20) [20,30]|[10,30]",
        "[10,20) (20,30]|[10,20) (20,30]",
        "(5,6] [5,5]|[5,6]",
        "(,0) (0,)|(,0) (0,)",
        "[1e300,)|[1E+300,)",
        "[.5,5.]|[0.5,5]",
        "[-20,-10]|[-20,-10]"
      })
  void hasACanonicalText(String text, String canonical) {
    assertThat(Range.parse(text).text()).isEqualTo(canonical);
    assertThat(Range.parse(canonical).text()).isEqualTo(canonical);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "[20,10]|at character 5: the end 10 is less than the start 20",
        "[1,2] [20,10]|at character 11: the end 10 is less than the start 20",
        "[0,10] [5,15]|at character 8: [5,15] overlaps [0,10]",
        "[5,15] [0,10]|at character 8: [0,10] overlaps [5,15]",
        "[0,10] [10,15]|at character 8: [10,15] overlaps [0,10]",
        "[0,10] [20,30] [5,25]|at character 16: [5,25] overlaps [0,10]",
        "(,10] (,5]|at character 7: (,5] overlaps (,10]",
        "(5,5)|at character 1: (5,5) holds no number",
        "[1,2] [5,5)|at character 7: [5,5) holds no number",
        "10,20|at character 1: an interval starts with [ or (",
        "[10;20]|at character 2: ~10;20~ is not a decimal number",
        "[10,20|at character 7: an interval ends with ] or ), and the text ends here",
        "[10]|at character 4: a comma separates the two bounds",
        "[1,5,2]|at character 5: an interval ends with ] or )",
        "[a,2]|at character 2: ~a~ is not a decimal number",
        "[1,0x10]|at character 4: ~0x10~ is not a decimal number",
        "[1, NaN]|at character 5: ~NaN~ is not a decimal number",
        "[1,٣]|at character 4: ~٣~ is not a decimal number",
        "[,5]|at character 1: an open end is written (, not [",
        "[5,]|at character 4: an open end is written ), not ]",
        "[1,2] or [3,4]|at character 7: an interval starts with [ or (",
        "[1,1e999999999]|at character 4: the exponent of ~1e999999999~ is not from -1000 to 1000"
      })
  void isRefusedWithThePositionOfTheMistake(String text, String mistake) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Range.parse(text))
        .withMessage(mistake.replace('~', '"'));
  }

  @Test
  void anEmptyTextIsNoRange() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Range.parse(""))
        .withMessageContaining("1");
    assertThatIllegalArgumentException().isThrownBy(() -> Range.parse("  "));
  }

  @ParameterizedTest
  @CsvSource({
    "-1,BELOW",
    "0,valid",
    "99.999,valid",
    "100,GAP",
    "150,GAP",
    "200,GAP",
    "200.001,valid",
    "300,ABOVE",
    "299.9,valid",
    "-1e5,BELOW",
    "1e5,ABOVE",
    "1.5e2,GAP",
    "2.5e2,valid",
    "100.0000000000000000000000000,GAP",
    "99.9999999999999999999999999,valid",
    "300.0000000000000000000000000,ABOVE"
  })
  void saysOnWhichSideOfItsIntervalsANumberLies(String number, String expected) {
    assertThat(Judging.range("[0,100) (200,300)").of(number)).startsWith(expected);
  }

  @ParameterizedTest
  @CsvSource({"1,BELOW", "2,ABOVE", "1.5,valid", "1.0,BELOW", "2.0,ABOVE", "15e-1,valid"})
  void boundsWithRoundParenthesesAreOutside(String number, String expected) {
    assertThat(Judging.range("(1,2)").of(number)).startsWith(expected);
  }

  @Test
  void boundsWithMoreDecimalsThanTheNumberAreComparedExactly() {
    Judging judging = Judging.range("[10.5,20.25]");
    assertThat(judging.of("10")).startsWith("BELOW");
    assertThat(judging.of("11")).isEqualTo("valid");
    assertThat(judging.of("20.2")).isEqualTo("valid");
    assertThat(judging.of("20.3")).startsWith("ABOVE");
    assertThat(judging.of("21")).startsWith("ABOVE");
    Judging negative = Judging.range("[-20.25,-10.5]");
    assertThat(negative.of("-20")).isEqualTo("valid");
    assertThat(negative.of("-21")).startsWith("BELOW");
    assertThat(negative.of("-10")).startsWith("ABOVE");
    assertThat(negative.of("-10.50")).isEqualTo("valid");
  }

  @Test
  void openEndsHoldEveryNumberOnTheirSide() {
    Judging judging = Judging.range("(,-5]");
    assertThat(judging.of("-1e999")).isEqualTo("valid");
    assertThat(judging.of("-999999999999999999")).isEqualTo("valid");
    assertThat(judging.of("-5")).isEqualTo("valid");
    assertThat(judging.of("-4.9999999999999999999")).startsWith("ABOVE");
    assertThat(Judging.range("(,)").of("1e999999999")).isEqualTo("valid");
    assertThat(Judging.range("(200,)").of("999999999999999999")).isEqualTo("valid");
  }
}
