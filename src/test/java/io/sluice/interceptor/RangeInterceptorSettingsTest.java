package io.sluice.interceptor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.sluice.config.ConfigurationException;
import io.sluice.config.Setting;
import io.sluice.event.EventHeaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.flume.Event;
import org.apache.flume.interceptor.Interceptor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RangeInterceptorSettingsTest {
  @Test
  void allDefaults() {
    Map<String, String> defaults =
        RangeInterceptor.SETTINGS.list().stream()
            .filter(setting -> setting.defaultText().isPresent())
            .collect(
                Collectors.toMap(Setting::key, setting -> setting.defaultText().orElseThrow()));
    assertThat(defaults)
        .isEqualTo(
            Map.of(
                "metricsName", "range",
                "latestInvalid.size", "100",
                "latestInvalid.maskValues", "false",
                "stampRules", "false",
                "alarm.windowMillis", "60000",
                "alarm.minimum", "100",
                "integerOnly", "false",
                "onMissing", "invalid",
                "onNotANumber", "invalid",
                "onUnparsable", "invalid"));
    Interceptor interceptor = RangeInterceptorTest.interceptor("range", "[10,20]");
    assertThat(headers(interceptor, "15")).containsOnlyKeys(EventHeaders.VALIDATION);
    assertThat(headers(interceptor, "x"))
        .containsEntry(EventHeaders.REASON, "NOT_A_NUMBER")
        .containsEntry(EventHeaders.RULE, "range");
  }

  @Test
  void everyKeyOfARuleIsSetToSomethingElse() {
    String[] settings = {
      "metricsName", "settings-test",
      "latestInvalid.size", "5",
      "latestInvalid.maskValues", "true",
      "stampRules", "true",
      "maxInvalidRatio", "0.5",
      "alarm.windowMillis", "5000",
      "alarm.minimum", "7",
      "csv.header", "host,t",
      "csv.delimiter", ";",
      "field", "csv:t",
      "min", "10",
      "max", "20",
      "integerOnly", "true",
      "onMissing", "valid",
      "onNotANumber", "drop",
      "onUnparsable", "valid",
      "shadow.range", "[0,5]",
      "tests.half.line", "a;15.5",
      "tests.half.expect", "NOT_AN_INTEGER"
    };
    Interceptor interceptor = RangeInterceptorTest.interceptor(settings);
    assertThat(headers(interceptor, "a;15"))
        .containsEntry(EventHeaders.VALIDATION, "valid")
        .hasEntrySatisfying(EventHeaders.RULES, hash -> assertThat(hash).hasSize(12));
    assertThat(headers(interceptor, "a;15.5")).containsEntry(EventHeaders.REASON, "NOT_AN_INTEGER");
    assertThat(headers(interceptor, "a")).containsEntry(EventHeaders.VALIDATION, "valid");
    assertThat(headers(interceptor, "\"a")).containsEntry(EventHeaders.VALIDATION, "valid");
    assertThat(interceptor.intercept(RangeInterceptorTest.event("a;x"))).isNull();

    // With these three, which exclude the others, no key is left out.
    var set = new HashSet<String>();
    for (int i = 0; i < settings.length; i += 2) {
      set.add(settings[i]);
    }
    assertThat(
            RangeInterceptor.SETTINGS.list().stream()
                .map(Setting::key)
                .filter(key -> !set.contains(key)))
        .containsExactlyInAnyOrder("rulesFile", "range", "rules", "rules.", "shadow.", "tests.");
  }

  @Test
  void everyKeyOfANamedRuleIsSetToSomethingElse() {
    Interceptor interceptor =
        RangeInterceptorTest.interceptor(
            "rules", "hot,cold",
            "rules.hot.field", "key:h",
            "rules.hot.range", "[50,100]",
            "rules.hot.integerOnly", "true",
            "rules.hot.onNotANumber", "drop",
            "rules.hot.onUnparsable", "valid",
            "rules.cold.field", "key:c",
            "rules.cold.min", "-5",
            "rules.cold.max", "0",
            "rules.cold.onMissing", "valid");
    assertThat(headers(interceptor, "h=60")).containsEntry(EventHeaders.VALIDATION, "valid");
    assertThat(headers(interceptor, "h=60.5")).containsEntry(EventHeaders.REASON, "NOT_AN_INTEGER");
    assertThat(headers(interceptor, "h=60 c=1")).containsEntry(EventHeaders.RULE, "cold");
    assertThat(headers(interceptor, "h=60 c=-6")).containsEntry(EventHeaders.REASON, "BELOW");
    assertThat(headers(interceptor, "h=\"60")).containsEntry(EventHeaders.RULE, "cold");
    assertThat(interceptor.intercept(RangeInterceptorTest.event("h=x"))).isNull();
  }

  @Test
  void rulesComeFromAFile(@TempDir Path directory) throws IOException {
    Path file = directory.resolve("rules.properties");
    Files.writeString(file, "field = key:t\nrange = [10,20]\n");
    Interceptor interceptor = RangeInterceptorTest.interceptor("rulesFile", file.toString());
    assertThat(headers(interceptor, "t=25")).containsEntry(EventHeaders.REASON, "ABOVE");
    Files.writeString(file, "range = [20,10]\nfild = body\n");
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                RangeInterceptorTest.interceptor(
                    "rulesFile", file.toString(), "metricsName", "edge"))
        .withMessageContaining("RangeInterceptor 'edge': 2 problems")
        .withMessageContaining(file + ": range = \"[20,10]\"")
        .withMessageContaining("the nearest is field")
        .withMessageContaining("nothing will be shipped");
  }

  @Test
  void badValuesOfItsOwnAreRefused() {
    assertThatExceptionOfType(ConfigurationException.class)
        .isThrownBy(
            () ->
                RangeInterceptorTest.interceptor(
                    "range", "[1,2]",
                    "maxInvalidRatio", "2",
                    "alarm.windowMillis", "5",
                    "alarm.minimum", "0",
                    "stampRules", "yes",
                    "metricsName", "a,b"))
        .withMessageContaining("5 problems")
        .withMessageContaining("maxInvalidRatio = \"2\" is not a number from 0 to 1");
  }

  private static Map<String, String> headers(Interceptor interceptor, String line) {
    Event event = interceptor.intercept(RangeInterceptorTest.event(line));
    return event == null ? Map.of() : event.getHeaders();
  }
}
