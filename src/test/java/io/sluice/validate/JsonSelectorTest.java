package io.sluice.validate;

import static io.sluice.validate.Judging.problems;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class JsonSelectorTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"v\":12}|valid",
        "  {\"v\" : 12 }  |valid",
        "{\"a\":1,\"v\":1.2e1,\"b\":[1,{}]}|valid",
        "{\"v\":\"12\"}|valid",
        "{\"v\":\" 12 \"}|valid",
        "{\"v\":\"1\\u0032\"}|valid",
        "{\"\\u0076\":12}|valid",
        "{\"v\":25}|ABOVE 25",
        "{\"v\":-1}|BELOW -1",
        "{\"v\":1e999999999}|ABOVE 1e999999999",
        "{\"v\":\"twelve\"}|NOT_A_NUMBER twelve",
        "{\"v\":true}|NOT_A_NUMBER true",
        "{\"v\":{\"v\":12}}|NOT_A_NUMBER {",
        "{\"v\":[12]}|NOT_A_NUMBER [",
        "{\"v\":null}|MISSING",
        "{\"v\":\"\"}|NOT_A_NUMBER",
        "{\"V\":12}|MISSING",
        "{\"a\":{\"v\":12}}|MISSING",
        "[12]|MISSING",
        "{}|MISSING",
        "{\"v\":25,\"v\":12}|UNPARSABLE",
        "{\"v\":12,\"\\u0076\":12}|UNPARSABLE",
        "{\"a\":{\"v\":1,\"v\":2},\"v\":12}|valid",
        "{\"v\":12|UNPARSABLE",
        "{\"v\":12}}|UNPARSABLE",
        "{\"v\":12}{\"v\":12}|UNPARSABLE",
        "{\"v\":12} x|UNPARSABLE",
        "{\"v\":12,}|UNPARSABLE",
        "{\"v\":012}|UNPARSABLE",
        "{\"v\":+12}|UNPARSABLE",
        "{\"v\":12.}|UNPARSABLE",
        "{\"v\":NaN}|UNPARSABLE",
        "{\"v\":0x12}|UNPARSABLE",
        "{\"v\":12abc}|UNPARSABLE",
        "{v:12}|UNPARSABLE",
        "{'v':12}|UNPARSABLE",
        "{\"v\":12,\"b\":tru}|UNPARSABLE",
        "12|MISSING",
        " -1.5e+3 |MISSING",
        "null|MISSING",
        "true|MISSING",
        "false|MISSING",
        "\"v\"|MISSING",
        "\"|UNPARSABLE",
        "\"a\" \"b\"|UNPARSABLE",
        "012|UNPARSABLE",
        "-|UNPARSABLE",
        "1.|UNPARSABLE",
        "1e|UNPARSABLE",
        "1e5x|UNPARSABLE",
        "12 13|UNPARSABLE",
        "2026-11-26 01:00:00 ok|UNPARSABLE",
        "nulls|UNPARSABLE",
        "plain text|UNPARSABLE",
        "v=12|UNPARSABLE"
      })
  void readsAMember(String line, String expected) {
    assertThat(Judging.field("json:/v").of(line)).isEqualTo(expected);
  }

  @Test
  void anEmptyLineIsUnparsable() {
    assertThat(Judging.field("json:/v").of("")).isEqualTo("UNPARSABLE");
    assertThat(Judging.field("json:").of("")).isEqualTo("UNPARSABLE");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "json:|12|valid",
        "json:|\"12\"|valid",
        "json:|25 |ABOVE 25",
        "json:|12 13|UNPARSABLE",
        "json:|\"12\" x|UNPARSABLE",
        "json:|\"12|UNPARSABLE",
        "json:|\"12\"\"12\"|UNPARSABLE",
        "json:|\"12\t\"|UNPARSABLE",
        "json:|true|NOT_A_NUMBER true",
        "json:|null|MISSING",
        "json:|null x|UNPARSABLE",
        "json:|[12]|NOT_A_NUMBER [",
        "json:|[12|UNPARSABLE",
        "json:|12]|UNPARSABLE",
        "json:/|{\"\":12}|valid",
        "json:/a/b|{\"a\":{\"b\":12}}|valid",
        "json:/a/b|{\"a\":{\"c\":{\"b\":9}},\"b\":9}|MISSING",
        "json:/a/b|{\"b\":9,\"a\":{\"x\":{\"b\":9},\"b\":12}}|valid",
        "json:/a/b|{\"a\":{\"b\":12},\"a\":{\"b\":12}}|UNPARSABLE",
        "json:/a/b|{\"a\":12}|MISSING",
        "json:/a/1|{\"a\":[9,12,9]}|valid",
        "json:/a/1|{\"a\":[[9,9],12]}|valid",
        "json:/a/1|{\"a\":[{\"1\":9},12]}|valid",
        "json:/a/1|{\"a\":[9]}|MISSING",
        "json:/a/1|{\"a\":{\"1\":12}}|valid",
        "json:/a/01|{\"a\":[9,12]}|MISSING",
        "json:/a/-|{\"a\":[9,12]}|MISSING",
        "json:/0/v|[{\"v\":12},{\"v\":9}]|valid",
        "json:/1/v|[{\"v\":9},{\"v\":12}]|valid",
        "json:/1/0|[[9],[12]]|valid",
        "json:/a~1b|{\"a/b\":12}|valid",
        "json:/a~0b|{\"a~b\":12}|valid",
        "json:/a~01|{\"a~1\":12}|valid",
        "json:/ä/ö|{\"ä\":{\"ö\":12}}|valid"
      })
  void followsAPointer(String field, String line, String expected) {
    assertThat(Judging.field(field).of(line)).isEqualTo(expected);
  }

  @Test
  void nestingIsBounded() {
    Judging judging = Judging.field("json:/v");
    String deepest = "[".repeat(999) + "]".repeat(999);
    assertThat(judging.of("{\"v\":12,\"a\":" + deepest + "}")).isEqualTo("valid");
    String tooDeep = "[".repeat(1000) + "]".repeat(1000);
    assertThat(judging.of("{\"v\":12,\"a\":" + tooDeep + "}")).isEqualTo("UNPARSABLE");
    assertThat(judging.of("[".repeat(1_000_000) + "]")).isEqualTo("UNPARSABLE");
    assertThat(judging.of("{\"a\":".repeat(1_000_000) + "}")).isEqualTo("UNPARSABLE");
  }

  @Test
  void readsUtf8WithOrWithoutAByteOrderMark() {
    Judging judging = Judging.field("json:/v");
    for (String encoding :
        new String[] {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE", "UTF-16"}) {
      byte[] line = "{\"v\":25}".getBytes(java.nio.charset.Charset.forName(encoding));
      assertThat(judging.of(line, HeaderLookup.NONE)).as(encoding).isEqualTo("UNPARSABLE");
      assertThat(
              Judging.field("json:")
                  .of("25".getBytes(java.nio.charset.Charset.forName(encoding)), HeaderLookup.NONE))
          .as(encoding)
          .isEqualTo("UNPARSABLE");
    }
    byte[] marked = "\ufeff{\"v\":25}".getBytes(StandardCharsets.UTF_8);
    assertThat(judging.of(marked, HeaderLookup.NONE)).isEqualTo("ABOVE 25");
  }

  @Test
  void bytesThatAreNotUtf8MakeALineUnparsableWhereverTheyAre() {
    Judging judging = Judging.field("json:/v");
    int[][] malformed = {
      {0xC0, 0x80}, {0xED, 0xA0, 0x80}, {0xE0, 0x80, 0x80}, {0xF4, 0x90, 0x80, 0x80}, {0xFF}, {0xC3}
    };
    for (String document :
        new String[] {"{'x':'?','v':12}", "{'?':1,'v':12}", "{'v':12,'x':['?']}"}) {
      for (int[] bytes : malformed) {
        String text = document.replace('\'', '"');
        int at = text.indexOf('?');
        var line = new ByteArrayOutputStream();
        line.writeBytes(text.substring(0, at).getBytes(StandardCharsets.UTF_8));
        for (int each : bytes) {
          line.write(each);
        }
        line.writeBytes(text.substring(at + 1).getBytes(StandardCharsets.UTF_8));
        assertThat(judging.of(line.toByteArray(), HeaderLookup.NONE))
            .as(text + Arrays.toString(bytes))
            .isEqualTo("UNPARSABLE");
      }
    }
  }

  @Test
  void longDocumentsAndLongNumbersAreRead() {
    Judging judging = Judging.field("json:/v");
    String filler = "\"" + "é".repeat(100_000) + "\"";
    assertThat(judging.of("{\"a\":" + filler + ",\"v\":12,\"b\":" + filler + "}"))
        .isEqualTo("valid");
    assertThat(judging.of("{\"v\":19." + "9".repeat(100_000) + "}")).isEqualTo("valid");
  }

  @Test
  void longNamesAreNotKept() {
    Judging judging = Judging.field("json:/v");
    String name = "n".repeat(200_000);
    long before = usedAfterCollection();
    for (int i = 0; i < 500; i++) {
      assertThat(judging.of("{\"" + i + name + "\":1,\"v\":12}")).isEqualTo("valid");
    }
    assertThat(usedAfterCollection() - before).isLessThan(50_000_000);
  }

  private static long usedAfterCollection() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  @Test
  void pointersAreCheckedWhenTheyAreConfigured() {
    assertThat(problems("min", "1", "field", "json:a/b"))
        .singleElement()
        .asString()
        .contains("a JSON pointer starts with /, as in json:/a/b");
    assertThat(problems("min", "1", "field", "json:$.a[0].b"))
        .singleElement()
        .asString()
        .contains("that is JSONPath; write a JSON pointer, json:/a/0/b");
    assertThat(problems("min", "1", "field", "csv:99999999999"))
        .singleElement()
        .asString()
        .contains("columns are counted from 1 to 999999");
    assertThat(problems("min", "1", "field", "json:/a~2")).hasSize(1);
    assertThat(problems("min", "1", "field", "json:/a~")).hasSize(1);
    assertThat(problems("min", "1", "field", "json:" + "/a".repeat(101))).hasSize(1);
  }
}
