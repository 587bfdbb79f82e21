package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsTest {
  private enum Mode {
    FAST,
    VERY_SAFE
  }

  private static final Setting<Integer> SIZE =
      Setting.integer("batchSize").between(1, 100).defaultsTo(10).unit("events").alias("size");
  private static final Setting<String> SERVERS =
      Setting.string("servers").required().doc("Where to go.");
  private static final Setting<Mode> MODE = Setting.choice("mode", Mode.class);
  private static final Setting<Duration> WAIT = Setting.millis("waitMillis").atLeast(1);
  private static final Setting<List<String>> NAMES = Setting.list("names");
  private static final Setting<Boolean> FLAG = Setting.bool("flag").defaultsTo(false);
  private static final Setting<String> CLIENT = Setting.prefix("client.");
  private static final Settings ALL =
      Settings.of("Thing", SIZE, SERVERS, MODE, WAIT, NAMES, FLAG, CLIENT).beside("type");

  private final Problems problems = new Problems("thing 't'");

  @Test
  void defaultsFillWhatIsNotGiven() {
    Values values = ALL.parse(Map.of("servers", "a"), problems);

    problems.throwIfAny();
    assertThat(values.get(SIZE)).isEqualTo(10);
    assertThat(values.get(FLAG)).isFalse();
    assertThat(values.find(MODE)).isEmpty();
    assertThat(values.under(CLIENT)).isEmpty();
  }

  @Test
  void everyKindOfValueIsRead() {
    Values values =
        ALL.parse(
            Map.of(
                "type",
                "io.sluice.Thing",
                "servers",
                "a",
                "batchSize",
                " 7 ",
                "mode",
                "very-safe",
                "waitMillis",
                "20",
                "names",
                "a, b  c",
                "flag",
                "true",
                "client.id",
                "x"),
            problems);

    problems.throwIfAny();
    assertThat(values.get(SIZE)).isEqualTo(7);
    assertThat(values.get(MODE)).isEqualTo(Mode.VERY_SAFE);
    assertThat(values.get(WAIT)).isEqualTo(Duration.ofMillis(20));
    assertThat(values.get(NAMES)).containsExactly("a", "b", "c");
    assertThat(values.get(FLAG)).isTrue();
    assertThat(values.under(CLIENT)).containsExactly(Map.entry("id", "x"));
  }

  @Test
  void everyProblemIsToldAtOnceWithKeyValueAndWhatIsAllowed() {
    ALL.parse(
        Map.of("batchSize", "ten", "mode", "slow", "flag", "yes", "batchSise", "1"), problems);

    assertThatThrownBy(problems::throwIfAny)
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("thing 't': 5 problems")
        .hasMessageContaining("batchSize = \"ten\" is not a whole number from 1 to 100 (events).")
        .hasMessageContaining("mode = \"slow\" is not one of fast, very-safe.")
        .hasMessageContaining("flag = \"yes\" is not true or false.")
        .hasMessageContaining("batchSise is not a known key; the nearest is batchSize.")
        .hasMessageContaining("servers is missing: Where to go.");
  }

  @Test
  void numbersOutOfBoundsAreRefused() {
    ALL.parse(Map.of("servers", "a", "batchSize", "101", "waitMillis", "0"), problems);

    assertThat(problems.errors()).hasSize(2);
    assertThat(problems.errors().get(1)).contains("of at least 1");
  }

  @Test
  void anOldNameWorksWithAWarning() {
    Values values = ALL.parse(Map.of("servers", "a", "size", "3"), problems);

    assertThat(values.get(SIZE)).isEqualTo(3);
    assertThat(problems.warnings())
        .containsExactly("thing 't': size is an old name; write batchSize.");
  }

  @Test
  void aFarFetchedKeyGetsNoSuggestion() {
    ALL.parse(Map.of("servers", "a", "colour", "red"), problems);

    assertThat(problems.errors()).containsExactly("colour is not a known key.");
  }

  @Test
  void theReasonOfAParserIsShown() {
    Setting<String> picky =
        Setting.of(
            "range",
            "a range",
            text -> {
              throw new IllegalArgumentException("the end comes before the start");
            });

    Settings.of("Picky", picky).parse(Map.of("range", "[2,1]"), problems);

    assertThat(problems.errors())
        .containsExactly("range = \"[2,1]\" is not a range: the end comes before the start.");
  }
}
