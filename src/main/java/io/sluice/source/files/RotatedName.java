package io.sluice.source.files;

import io.sluice.source.machine.Archives;
import java.nio.file.Path;
import java.util.regex.Pattern;

/** Names as rotation gives them: app.log.1, app.log-20260101, app-2026-01-01.log, app.log.2.gz. */
final class RotatedName {
  private static final Pattern COUNT_OR_DATE = Pattern.compile("[-._@]?[0-9][-._:@TZ0-9]*");

  private RotatedName() {}

  /** Whether a file called {@code original} is called {@code name} when it was rotated. */
  static boolean isOf(Path original, Path name) {
    Path last = original.getFileName();
    Path file = name.getFileName();
    if (last == null || file == null) {
      return false;
    }
    String from = last.toString();
    String to = file.toString();
    for (String suffix : Archives.SUFFIXES) {
      if (to.endsWith(suffix)) {
        to = to.substring(0, to.length() - suffix.length());
      }
    }
    int added = to.length() - from.length();
    int start = 0;
    while (start < from.length() && start < to.length() && from.charAt(start) == to.charAt(start)) {
      start++;
    }
    for (int at = start; added > 0 && at >= 0; at--) { // where the name goes on behind the addition
      if (from.substring(at).equals(to.substring(at + added))
          && COUNT_OR_DATE.matcher(to.substring(at, at + added)).matches()) {
        return true;
      }
    }
    return false;
  }
}
