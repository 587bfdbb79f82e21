package io.sluice.source;

import io.sluice.config.ConfigurationException;
import io.sluice.config.Problems;
import io.sluice.config.Values;
import io.sluice.source.config.FileGroup;
import io.sluice.source.config.SourceConfig;
import io.sluice.source.config.SourceSettings;
import io.sluice.source.files.Finder;
import io.sluice.source.machine.Signals;
import io.sluice.source.machine.Time;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Reads a {@link LogFileSource}'s configuration without Flume and without starting anything. */
public final class SourceCheck {
  private SourceCheck() {}

  /**
   * What others must fit to.
   *
   * @param batchSize the default if what is given is wrong
   * @param positionFile empty if something is wrong with the source
   */
  public record Plan(int batchSize, Optional<Path> positionFile) {}

  /** Whether a source has a setting of that name. */
  public static boolean isKey(String key) {
    return SourceSettings.ALL.isKnown(key);
  }

  /**
   * Adds all that is wrong to {@code problems}, and a warning for each path that matches no file.
   */
  public static Plan read(String name, Map<String, String> given, Problems problems) {
    Values values = SourceSettings.ALL.parse(given, new Problems("parsed again below"));
    int batchSize = values.get(SourceSettings.BATCH_SIZE);
    Optional<SourceConfig> config = parse(name, given, problems);
    new UnmatchedPaths(
            config.map(SourceConfig::exclusions).orElse(List.of()),
            values.get(SourceSettings.FOLLOW_LINKS),
            problems)
        .warn(values);
    return new Plan(batchSize, config.map(SourceConfig::positionFile));
  }

  private static Optional<SourceConfig> parse(
      String name, Map<String, String> given, Problems problems) {
    try {
      return Optional.of(SourceConfig.parse(name, given, problems));
    } catch (ConfigurationException e) { // whose problems are all noted
      return Optional.empty();
    }
  }

  /** Looks for files as the source would; what cannot be looked for is told elsewhere. */
  private record UnmatchedPaths(
      List<PathMatcher> exclusions, boolean followLinks, Problems problems) {
    void warn(Values values) {
      boolean hidden = values.get(SourceSettings.INCLUDE_HIDDEN);
      for (String glob : values.find(SourceSettings.PATHS).orElse(List.of())) {
        warn(
            "paths: \"" + glob + "\"",
            () -> FileGroup.ofGlob(SourceConfig.PATHS_GROUP, glob, hidden));
      }
      values
          .under(SourceSettings.FILE_GROUP)
          .forEach(
              (group, pattern) ->
                  warn(
                      "filegroups." + group,
                      () -> FileGroup.ofRegex(group, pattern.strip(), hidden)));
    }

    private void warn(String what, Supplier<FileGroup> group) {
      try {
        warn(what, group.get());
      } catch (IllegalArgumentException e) { // told by the parser
        return;
      }
    }

    private void warn(String what, FileGroup group) {
      if (!Files.isDirectory(group.base())) {
        problems.warn("%s matches no file: there is no folder %s.".formatted(what, group.base()));
      } else if (!Files.isReadable(group.base())) {
        problems.warn("%s: the folder %s cannot be read.".formatted(what, group.base()));
      } else if (isWithoutFile(group)) {
        problems.warn("%s matches no file in %s now.".formatted(what, group.base()));
      }
    }

    private boolean isWithoutFile(FileGroup group) {
      var finder =
          new Finder(
              "check",
              List.of(group),
              exclusions,
              Set.of(),
              followLinks,
              Signals.scanning(Time.SYSTEM),
              Time.SYSTEM);
      return finder.findAll().isEmpty();
    }
  }
}
