package io.sluice.validate;

import io.sluice.config.Setting;
import io.sluice.config.Settings;
import java.nio.file.Path;
import java.time.Duration;

/** The settings of a validator: rules, or a file of them, and the alarm. */
public final class ValidatorSettings {
  static final Setting<Path> RULES_FILE =
      Setting.of("rulesFile", "the path of a file", Path::of)
          .doc(
              "Properties file with the rules, instead of the keys for them here. It is looked at"
                  + " once a second and taken over between two batches when it has changed; a file"
                  + " with mistakes is refused as a whole and the rules before it stay.");

  static final Setting<Boolean> STAMP_RULES =
      Setting.bool("stampRules")
          .defaultsTo(false)
          .doc("Whether each checked line gets the hash of its rules in header validation.rules.");

  static final Setting<Double> MAX_INVALID_RATIO =
      Setting.of("maxInvalidRatio", "a number from 0 to 1", ValidatorSettings::ratio)
          .doc("A greater share of invalid lines raises the alarm. Without it there is no alarm.");

  static final Setting<Duration> ALARM_WINDOW =
      Setting.millis("alarm.windowMillis")
          .between(1_000, 86_400_000)
          .defaultsTo(Duration.ofMinutes(1))
          .unit("ms")
          .doc("The stretch of time that the share of invalid lines is taken of.");

  static final Setting<Long> ALARM_MINIMUM =
      Setting.longInteger("alarm.minimum")
          .atLeast(1)
          .defaultsTo(100L)
          .unit("lines")
          .doc("Fewer lines within the window leave the alarm as it is.");

  public static final Settings SETTINGS =
      Settings.of(
              "Validator", RULES_FILE, STAMP_RULES, MAX_INVALID_RATIO, ALARM_WINDOW, ALARM_MINIMUM)
          .and(RuleSettings.SETTINGS);

  private ValidatorSettings() {}

  private static Double ratio(String text) {
    Bound.parse(text); // the grammar of numbers, which Double.valueOf is laxer than
    double ratio = Double.parseDouble(text);
    if (ratio < 0 || ratio > 1) {
      throw new IllegalArgumentException();
    }
    return ratio;
  }
}
