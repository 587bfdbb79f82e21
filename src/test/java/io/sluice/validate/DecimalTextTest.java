package io.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class DecimalTextTest {
  private final Judging tenToTwenty = Judging.range("[10,20]");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "10",
        "20",
        "15",
        "+15",
        "15.",
        "15.5",
        "10.000",
        "0015",
        "1.5e1",
        "1.5E+1",
        "150e-1",
        " 15",
        "15 ",
        "\t15\r",
        "\u000b15\f",
        "20.000000000000000000000000000",
        ".15e2",
        "0.0000000000000000000000015e25",
        "1500000000000000000000000e-23",
        "19.99999999999999999999999999999999999999",
        "000000000000000000000000000000000000015",
        "0.00000000000000000000015E0000000000000000000000000000000000000023"
      })
  void takesEveryNotationOfANumberInTheRange(String text) {
    assertThat(tenToTwenty.of(text)).isEqualTo("valid");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "-",
        "+",
        ".",
        "-.",
        "e5",
        "1e",
        "1e+",
        "1e-",
        "1e1.5",
        "1.2.3",
        "--15",
        "+-15",
        "1 5",
        "15x",
        "x15",
        "0x0F",
        "15f",
        "15d",
        "15L",
        "1_5",
        "1,5",
        "15,0",
        "1'500",
        "1.500,0",
        "NaN",
        "nan",
        "Infinity",
        "-inf",
        "∞",
        "١٥",
        "１５",
        "−15",
        "15€",
        "15%",
        "1e1e1",
        "15-",
        "(15)",
        "\"15\"",
        "15\0",
        "\0",
        "15\u00a0",
        "null",
        "true",
        "1e٣",
        "./",
        "1/2",
        "15e1 0"
      })
  void takesNothingElseForANumber(String text) {
    assertThat(tenToTwenty.of(text)).startsWith("NOT_A_NUMBER");
  }

  @Test
  void comparesWithoutRoundingToADouble() {
    assertThat(tenToTwenty.of("20.00000000000000000000000000000001"))
        .isEqualTo("ABOVE 20.00000000000000000000000000000001");
    assertThat(tenToTwenty.of("9.9999999999999999999999999999999"))
        .isEqualTo("BELOW 9.9999999999999999999999999999999");
    assertThat(tenToTwenty.of("20.000000000000000001")).startsWith("ABOVE");
    assertThat(Judging.range("[0.1,0.1]").of("0.1000000000000000055511151231257827"))
        .startsWith("ABOVE");
  }

  @Test
  void comparesNumbersBeyondALong() {
    Judging huge = Judging.range("[9223372036854775807,9223372036854775808]");
    assertThat(huge.of("9223372036854775807")).isEqualTo("valid");
    assertThat(huge.of("9223372036854775808")).isEqualTo("valid");
    assertThat(huge.of("9223372036854775809")).startsWith("ABOVE");
    assertThat(huge.of("9223372036854775806")).startsWith("BELOW");
    assertThat(huge.of("999999999999999999")).startsWith("BELOW");
    assertThat(huge.of("-9223372036854775808")).startsWith("BELOW");
  }

  @Test
  void anExponentOfAnySizeCostsNothing() {
    assertThat(tenToTwenty.of("1e999999999")).isEqualTo("ABOVE 1e999999999");
    assertThat(tenToTwenty.of("-1e999999999")).startsWith("BELOW");
    assertThat(tenToTwenty.of("1e-999999999")).startsWith("BELOW");
    assertThat(tenToTwenty.of("1e" + "9".repeat(1000))).startsWith("ABOVE");
    assertThat(tenToTwenty.of("1e-" + "9".repeat(1000))).startsWith("BELOW");
    assertThat(Judging.range("(0,1)").of("1e-99999999999999999999999")).isEqualTo("valid");
    assertThat(Judging.range("[0,0]").of("0e999999999")).isEqualTo("valid");
    assertThat(Judging.range("(,0)").of("-1e-99999999999999999999")).isEqualTo("valid");
  }

  @Test
  void zeroHasNoSign() {
    Judging zero = Judging.range("[0,0]");
    for (String text : new String[] {"0", "-0", "+0", "0.000", "-0e-5", ".0", "0.", "-.0e99"}) {
      assertThat(zero.of(text)).as(text).isEqualTo("valid");
    }
  }

  @Test
  void aNumberIsWholeByItsValueNotItsNotation() {
    Judging whole = Judging.rules("range", "[10,2000]", "integerOnly", "true");
    for (String text :
        new String[] {"15", "15.0", "1.5e1", "150e-1", "15." + "0".repeat(50), "1.50000e3"}) {
      assertThat(whole.of(text)).as(text).isEqualTo("valid");
    }
    for (String text :
        new String[] {
          "15.5", "155e-1", "15." + "0".repeat(50) + "1", "1.50001e3", "1e-999999999"
        }) {
      assertThat(whole.of(text)).as(text).isEqualTo("NOT_AN_INTEGER " + text);
    }
    assertThat(whole.of("1e999999999")).startsWith("ABOVE");
  }

  @Test
  void aVeryLongNumberIsComparedToItsLastDigit() {
    String nearlyTwenty = "19." + "9".repeat(100_000);
    assertThat(tenToTwenty.of(nearlyTwenty)).isEqualTo("valid");
    assertThat(tenToTwenty.of("20." + "0".repeat(100_000) + "1")).startsWith("ABOVE");
    assertThat(tenToTwenty.of("9".repeat(100_000))).startsWith("ABOVE");
  }

  @Test
  void judgesOnlyTheBytesOfTheField() {
    byte[] bytes = "9915999".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    assertThat(DecimalText.judge(bytes, 2, 4, Range.parse("[15,15]"), true)).isNull();
    assertThat(DecimalText.judge(bytes, 2, 2, Range.parse("[15,15]"), true))
        .isEqualTo(Reason.NOT_A_NUMBER);
  }
}
