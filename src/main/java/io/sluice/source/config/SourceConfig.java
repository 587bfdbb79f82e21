package io.sluice.source.config;

import io.sluice.config.Problems;
import io.sluice.config.Values;
import io.sluice.source.config.LineRules.Format;
import io.sluice.source.config.LineRules.LongLines;
import io.sluice.source.config.SourceSettings.Compressed;
import io.sluice.source.config.SourceSettings.StartAt;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What one source was told to do. Immutable. */
public record SourceConfig(
    List<FileGroup> groups,
    List<PathMatcher> exclusions,
    boolean followLinks,
    StartAt startAt,
    int batchSize,
    long maxBatchCount,
    Path positionFile,
    boolean positionFileGiven,
    Duration writePosInterval,
    Duration scanInterval,
    Duration idleTimeout,
    Duration ignoreOlderThan,
    LineRules lines,
    Compressed compressed,
    HeaderConfig headers,
    Duration backoffSleepIncrement,
    Duration maxBackoffSleep) {

  /** Name of the group that all {@code paths} belong to. */
  public static final String PATHS_GROUP = "paths";

  /**
   * Reads {@code given}, the source's own keys.
   *
   * @throws io.sluice.config.ConfigurationException that names every problem
   */
  public static SourceConfig parse(String name, Map<String, String> given, Problems problems) {
    Values values = SourceSettings.ALL.parse(given, problems);
    List<FileGroup> groups = groups(values, problems);
    List<PathMatcher> exclusions = new ArrayList<>(exclusions(values, problems));
    if (values.get(SourceSettings.COMPRESSED) == Compressed.SKIP) {
      exclusions.add(FileGroup.exclusion("*.{gz,bz2,xz,zst}"));
    }
    HeaderConfig headers = HeaderConfig.parse(values, groups, problems);
    Path positionFile = positionFile(name, values, problems);
    LineRules lines = lines(values, maxLineBytes(values, given), problems);
    problems.throwIfAny();
    return new SourceConfig(
        groups,
        List.copyOf(exclusions),
        values.get(SourceSettings.FOLLOW_LINKS),
        startAt(values),
        values.get(SourceSettings.BATCH_SIZE),
        maxBatchCount(values, problems),
        positionFile,
        values.find(SourceSettings.POSITION_FILE).isPresent(),
        values.get(SourceSettings.WRITE_POS_INTERVAL),
        values.get(SourceSettings.SCAN_INTERVAL),
        values.get(SourceSettings.IDLE_TIMEOUT),
        values.get(SourceSettings.IGNORE_OLDER_THAN),
        lines,
        values.get(SourceSettings.COMPRESSED),
        headers,
        values.get(SourceSettings.BACKOFF_SLEEP_INCREMENT),
        values.get(SourceSettings.MAX_BACKOFF_SLEEP));
  }

  private static List<FileGroup> groups(Values values, Problems problems) {
    var groups = new ArrayList<FileGroup>();
    boolean hidden = values.get(SourceSettings.INCLUDE_HIDDEN);
    List<String> paths = values.find(SourceSettings.PATHS).orElse(List.of());
    for (String path : paths) {
      try {
        groups.add(FileGroup.ofGlob(PATHS_GROUP, path, hidden));
      } catch (IllegalArgumentException e) {
        String hint =
            paths.size() > 1 && !path.startsWith("/")
                ? " (blanks separate paths; write ? for a blank in one)"
                : "";
        problems.error("paths: \"%s\" cannot be used: %s%s.".formatted(path, e.getMessage(), hint));
      }
    }
    var patterns = new HashMap<>(values.under(SourceSettings.FILE_GROUP));
    List<String> names = values.find(SourceSettings.FILE_GROUPS).orElse(List.of());
    boolean some = names.stream().anyMatch(patterns::containsKey);
    for (String name : names) {
      String pattern = patterns.remove(name);
      if (pattern == null) {
        String missing =
            "filegroups names \"%s\", but filegroups.%s is missing.".formatted(name, name);
        if (some) {
          problems.warn(missing);
        } else {
          problems.error(missing);
        }
        continue;
      }
      try {
        groups.add(FileGroup.ofRegex(name, absolute(name, pattern.strip(), problems), hidden));
      } catch (IllegalArgumentException e) {
        problems.error(
            "filegroups.%s = \"%s\" cannot be used: %s.".formatted(name, pattern, e.getMessage()));
      }
    }
    for (String unnamed : patterns.keySet()) {
      problems.warn("filegroups.%s is not used: filegroups does not name it.".formatted(unnamed));
    }
    boolean given =
        values.find(SourceSettings.PATHS).isPresent()
            || values.find(SourceSettings.FILE_GROUPS).isPresent();
    if (!given) {
      problems.error("neither paths nor filegroups is given: name the files to read.");
    }
    return List.copyOf(groups);
  }

  /** TAILDIR takes a path that is not absolute as the system does. */
  private static String absolute(String group, String pattern, Problems problems) {
    if (pattern.startsWith("/")) {
      return pattern;
    }
    String folder = Path.of("").toAbsolutePath().toString();
    problems.warn(
        "filegroups.%s = \"%s\" is not absolute: it is taken from the working directory, %s."
            .formatted(group, pattern, folder));
    return folder + "/" + pattern;
  }

  private static List<PathMatcher> exclusions(Values values, Problems problems) {
    var exclusions = new ArrayList<PathMatcher>();
    for (String glob : values.find(SourceSettings.EXCLUDE).orElse(List.of())) {
      try {
        exclusions.add(FileGroup.exclusion(glob));
      } catch (IllegalArgumentException e) {
        problems.error("exclude: \"%s\" cannot be used: %s.".formatted(glob, e.getMessage()));
      }
    }
    return List.copyOf(exclusions);
  }

  /**
   * TAILDIR cuts nothing. Where it is replaced, a line may take a sixteenth of the heap: half of
   * what the sink's client has room for.
   */
  private static int maxLineBytes(Values values, Map<String, String> given) {
    int most = values.get(SourceSettings.MAX_LINE_BYTES);
    long room = Math.min(Runtime.getRuntime().maxMemory() / 16, 64L << 20);
    return SourceSettings.ALL.isDropIn(given) ? (int) Math.max(most, room) : most;
  }

  private static LineRules lines(Values values, int maxLineBytes, Problems problems) {
    boolean plain =
        values.find(SourceSettings.CHARSET).isEmpty()
            && values.find(SourceSettings.MULTILINE_START).isEmpty();
    if (values.get(SourceSettings.LONG_LINES) == LongLines.SPLIT && !plain) {
      problems.error(
          "longLines = split does not go with charset or multiline.start; use truncate or"
              + " invalid.");
    }
    Format format = values.get(SourceSettings.FORMAT);
    boolean split = values.get(SourceSettings.LONG_LINES) == LongLines.SPLIT;
    if (format != Format.LINES && (split || !plain)) {
      problems.error(
          "format does not go with longLines = split, charset or multiline.start; leave them out.");
    }
    return new LineRules(
        maxLineBytes,
        values.get(SourceSettings.LONG_LINES),
        values.get(SourceSettings.PARTIAL_LINE_TIMEOUT),
        values
            .find(SourceSettings.MULTILINE_START)
            .map(
                start ->
                    new LineRules.Multiline(
                        start,
                        values.get(SourceSettings.MULTILINE_TIMEOUT),
                        values.get(SourceSettings.MULTILINE_MAX_LINES))),
        values.find(SourceSettings.CHARSET),
        format);
  }

  private static StartAt startAt(Values values) {
    return values
        .find(SourceSettings.SKIP_TO_END)
        .map(end -> end ? StartAt.END : StartAt.BEGINNING)
        .orElseGet(() -> values.get(SourceSettings.START_AT));
  }

  private static long maxBatchCount(Values values, Problems problems) {
    long count = values.find(SourceSettings.MAX_BATCH_COUNT).orElse(Long.MAX_VALUE);
    if (count <= 0) {
      problems.warn("maxBatchCount = %d means no limit.".formatted(count));
      return Long.MAX_VALUE;
    }
    return count;
  }

  private static Path positionFile(String name, Values values, Problems problems) {
    String given = values.find(SourceSettings.POSITION_FILE).orElse("");
    try {
      return given.isEmpty()
          ? Path.of(
              System.getProperty("user.home", "."), ".flume", "sluice", name + ".positions.json")
          : Path.of(given).toAbsolutePath();
    } catch (InvalidPathException e) {
      problems.error("positionFile = \"%s\" is not a path: %s.".formatted(given, e.getReason()));
      return Path.of("unusable");
    }
  }
}
