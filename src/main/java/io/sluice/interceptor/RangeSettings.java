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

  static final Settings ALL =
      Settings.of("RangeInterceptor", METRICS_NAME).and(ValidatorSettings.SETTINGS).beside("type");

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_.-]+");

  private RangeSettings() {}

  private static String name(String text) {
    if (!NAME.matcher(text).matches()) {
      throw new IllegalArgumentException();
    }
    return text;
  }
}
