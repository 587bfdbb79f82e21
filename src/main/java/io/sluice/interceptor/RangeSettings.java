package io.sluice.interceptor;

import io.sluice.config.Setting;
import io.sluice.config.Settings;
import io.sluice.validate.ValidatorSettings;
import java.util.regex.Pattern;

/** Every key of {@link RangeInterceptor}. */
final class RangeSettings {
  static final Setting<String> METRICS_NAME =
      Setting.of("metricsName", "a name of letters, digits, _, . and -", RangeSettings::name)
          .defaultsTo("range")
          .doc(
              "Name of the counters in JMX and Flume's monitoring. Interceptors do not know their"
                  + " own: give each one its own here, or the last one started hides the others.");

  static final Setting<Integer> LATEST_INVALID =
      Setting.integer("latestInvalid.size")
          .between(0, 1_000)
          .defaultsTo(100)
          .unit("lines")
          .doc(
              "How many of the latest invalid lines the console shows, with rule, reason, value and"
                  + " place; a sample when there are many. 0 keeps none.");

  static final Setting<Boolean> MASK_VALUES =
      Setting.bool("latestInvalid.maskValues")
          .defaultsTo(false)
          .doc(
              "Whether the console shows only the shape of those values, with 0 for each digit and"
                  + " x for each letter. Records are not changed.");

  static final Settings ALL =
      Settings.of("RangeInterceptor", METRICS_NAME, LATEST_INVALID, MASK_VALUES)
          .and(ValidatorSettings.SETTINGS)
          .beside("type");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  private RangeSettings() {}

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
