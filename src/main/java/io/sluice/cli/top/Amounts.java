package io.sluice.cli.top;

import java.util.Locale;

/** Numbers as the console shows them. */
final class Amounts {
  private Amounts() {}

  static String count(double number) {
    return number < 10 && number != Math.rint(number)
        ? String.format(Locale.ROOT, "%.1f", number)
        : String.format(Locale.ROOT, "%,.0f", number);
  }

  static String bytes(double number) {
    String[] units = {"B", "kB", "MB", "GB", "TB"};
    int unit = 0;
    double left = number;
    while (left >= 1_000 && unit < units.length - 1) {
      left /= 1_000;
      unit++;
    }
    return String.format(Locale.ROOT, unit == 0 ? "%.0f %s" : "%.1f %s", left, units[unit]);
  }

  static String span(double millis) {
    if (millis < 1_000) {
      return String.format(Locale.ROOT, "%.0f ms", millis);
    }
    long seconds = (long) (millis / 1_000);
    if (seconds < 60) {
      return String.format(Locale.ROOT, seconds < 10 ? "%.1f s" : "%.0f s", millis / 1_000);
    }
    if (seconds < 3_600) {
      return "%d min %d s".formatted(seconds / 60, seconds % 60);
    }
    long hours = seconds / 3_600;
    return hours < 48 ? "%d h %d min".formatted(hours, seconds / 60 % 60) : hours / 24 + " days";
  }

  static String percent(double number) {
    return String.format(Locale.ROOT, number == Math.rint(number) ? "%.0f%%" : "%.1f%%", number);
  }
}
