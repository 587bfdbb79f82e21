package io.sluice.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

final class SettingsJoinedTest {
  private static final Setting<String> ONE = Setting.string("one");
  private static final Setting<String> TWO = Setting.string("two");

  @Test
  void joinedSettingsAreReadAsOne() {
    Settings joined = Settings.of("both", ONE).beside("type").and(Settings.of("other", TWO));
    var problems = new Problems("test");
    Values values = joined.parse(Map.of("one", "1", "two", "2", "type", "x", "tow", "3"), problems);
    assertThat(joined.title()).isEqualTo("both");
    assertThat(values.get(ONE)).isEqualTo("1");
    assertThat(values.get(TWO)).isEqualTo("2");
    assertThat(problems.errors()).containsExactly("tow is not a known key; the nearest is two.");
  }
}
