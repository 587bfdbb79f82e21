package io.sluice.validate;

import static io.sluice.validate.Judging.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SelectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = true,
      quoteCharacter = '~',
      value = {
        "value=12|valid",
        "reading 7 value=12|valid",
        "value=12 more words|valid",
        "a=1 value=25 value=12|ABOVE 25",
        "value=12, other=3|valid",
        "value=12; other=3|valid",
        "value=12,5|NOT_A_NUMBER 12,5",
        "value=\"12\"|valid",
        "value=\" 12 \"|valid",
        "value=\"12|UNPARSABLE",
        "msg=\"value=99 \" value=12|valid",
        "msg=\"a \\\" value=99\" value=12|valid",
        "msg=\"never closed value=12|UNPARSABLE",
        "value=12 msg=\"never closed|valid",
        "5\" pipe value=12|valid",
        "evalue=99 value=12|valid",
        "x.value=99|MISSING",
        "value|MISSING",
        "value =12|MISSING",
        "value= 12|NOT_A_NUMBER",
        "value=|NOT_A_NUMBER",
        "value==12|NOT_A_NUMBER =12",
        "VALUE=12|MISSING",
        "a=b=c value=12|valid",
        "a=\"b\"c value=12|valid",
        "=12|MISSING",
        "\tvalue=1e1\t|valid",
        "value=\"1\\u0032\"|NOT_A_NUMBER 1\\u0032"
      })
  void keyReadsPairs(String line, String expected) {
    assertThat(Judging.field("key:value").of(line)).isEqualTo(expected);
  }

  @Test
  void keyReadsAnEmptyLine() {
    assertThat(Judging.field("key:value").of("")).isEqualTo("MISSING");
    assertThat(Judging.field("key:größe").of("größe=12")).isEqualTo("valid");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a value is 12 there|valid",
        "a value is 25 there|ABOVE 25",
        "value is ?|NOT_A_NUMBER ?",
        "nothing|MISSING",
        "value is 25, value is 12|NOT_A_NUMBER 25,"
      })
  void regexReadsItsGroupAtTheFirstMatch(String line, String expected) {
    assertThat(Judging.field("regex:value is (\\S+)").of(line)).isEqualTo(expected);
  }

  @Test
  void regexWorksOnBytes() {
    Judging judging = Judging.field("regex:größe=(\\d+)");
    assertThat(judging.of("die größe=12")).isEqualTo("valid");
    byte[] broken = "\u00ff\u00c3 t=12".getBytes(StandardCharsets.ISO_8859_1);
    assertThat(Judging.field("regex:t=(\\d+)").of(broken, HeaderLookup.NONE)).isEqualTo("valid");
  }

  @Test
  void regexGroupThatTookNoPartIsMissing() {
    assertThat(Judging.field("regex:a(\\d+)?").of("a")).isEqualTo("MISSING");
    assertThat(Judging.field("regex:a(\\d*)").of("a")).isEqualTo("NOT_A_NUMBER");
  }

  @Test
  void regexDoesNotSearchLinesThatCouldStallIt() {
    Judging judging = Judging.field("regex:(\\d+)$");
    assertThat(judging.of(" ".repeat(RegexSelector.MAX_LINE_BYTES - 2) + "12")).isEqualTo("valid");
    assertThat(judging.of(" ".repeat(RegexSelector.MAX_LINE_BYTES) + "12")).isEqualTo("UNPARSABLE");
  }

  @Test
  void regexIsCheckedWhenItIsConfigured() {
    assertThat(problems("range", "[1,2]", "field", "regex:(\\d+"))
        .singleElement()
        .asString()
        .contains("missing closing )");
    assertThat(problems("range", "[1,2]", "field", "regex:\\d+"))
        .singleElement()
        .asString()
        .contains("needs one group");
    assertThat(problems("range", "[1,2]", "field", "regex:(a)(b)"))
        .singleElement()
        .asString()
        .contains("has 2");
    assertThat(problems("range", "[1,2]", "field", "regex:((?:a{500}){500})"))
        .singleElement()
        .asString()
        .contains("regex:");
    assertThat(problems("range", "[1,2]", "field", "regex:(a)\\1")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "a,12,c|valid",
        "a, 12 ,c|valid",
        "a,12|valid",
        "a,25|ABOVE 25",
        "a|MISSING",
        "a,|MISSING",
        "a,,c|MISSING",
        "a,\"\",c|MISSING",
        "a,\"12\",c|valid",
        "\"a,99\",12|valid",
        "\"a \"\"x\"\", b\",12|valid",
        "a,x,c|NOT_A_NUMBER x",
        "a,\"1\"\"2\"|NOT_A_NUMBER 1\"\"2",
        "a,\"12|UNPARSABLE",
        "a,\"12\"x|UNPARSABLE",
        "\"a\" ,12|UNPARSABLE",
        "a\"b,12|valid",
        "a,12,\"never closed|valid"
      })
  void csvReadsAColumn(String line, String expected) {
    assertThat(Judging.field("csv:2").of(line)).isEqualTo(expected);
  }

  @Test
  void csvFindsItsColumnByName() {
    Judging judging =
        Judging.rules(
            "field", "csv:t",
            "csv.header", "time,host,t",
            "csv.delimiter", "tab",
            "range", "[10,20]");
    assertThat(judging.of("1\tx\t12")).isEqualTo("valid");
    assertThat(judging.of("1,x,12")).isEqualTo("MISSING");
    assertThat(Judging.rules("field", "csv:1", "csv.delimiter", ";", "min", "1").of("1,5;2"))
        .isEqualTo("NOT_A_NUMBER 1,5");
  }

  @Test
  void csvIsCheckedWhenItIsConfigured() {
    assertThat(problems("min", "1", "field", "csv:t"))
        .containsExactly("field: the column \"t\" needs csv.header, which names the columns.");
    assertThat(problems("min", "1", "field", "csv:t", "csv.header", "a b"))
        .containsExactly("field: csv.header has no column \"t\"; it names a, b.");
    assertThat(problems("min", "1", "field", "csv:0"))
        .singleElement()
        .asString()
        .contains("from 1");
    assertThat(problems("min", "1", "field", "csv:")).hasSize(1);
    assertThat(problems("min", "1", "field", "csv:99999999999")).hasSize(1);
    assertThat(problems("min", "1", "csv.delimiter", "::")).hasSize(1);
    assertThat(problems("min", "1", "csv.delimiter", "\"")).hasSize(1);
  }

  @Test
  void headerReadsAHeader() {
    Judging judging = Judging.field("header:t");
    assertThat(judging.rules().readsHeaders()).isTrue();
    assertThat(judging.of(new byte[0], Map.of("t", " 12 ")::get)).isEqualTo("valid");
    assertThat(judging.of(new byte[0], Map.of("t", "é")::get)).isEqualTo("NOT_A_NUMBER é");
    assertThat(judging.of(new byte[0], HeaderLookup.NONE)).isEqualTo("MISSING");
    assertThat(problems("min", "1", "field", "header: ")).hasSize(1);
  }

  @Test
  void aFieldOfUnknownKindIsRefused() {
    for (String field : new String[] {"bdy", "xml:/a", "", "key", "key:", "key:a b", "key:a=b"}) {
      assertThat(problems("min", "1", "field", field)).as(field).hasSize(1);
    }
  }
}
