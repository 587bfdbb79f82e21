package io.sluice.cli.init;

import io.sluice.cli.survey.Survey;
import io.sluice.config.ConfigurationException;
import io.sluice.config.Problems;
import io.sluice.source.SourceLines;
import io.sluice.validate.HeaderLookup;
import io.sluice.validate.Verdict;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The first lines of some log files.
 *
 * @param files those that were found
 * @param survey what their lines hold
 * @param multilineStart what the first line of each event matches, if events have several
 * @param lineBytes mean size of an event
 */
public record LogSample(
    List<Path> files, Survey survey, Optional<String> multilineStart, int lineBytes) {
  private static final int MOST_FILES = 10;
  private static final int MOST_LINES = 5_000;

  /**
   * Reads the first {@value #MOST_LINES} lines of each of the first {@value #MOST_FILES} files.
   *
   * @param names of files, or globs for the last part of a path
   * @throws ConfigurationException if nothing can be read
   */
  public static LogSample of(List<String> names) {
    var files = new ArrayList<Path>();
    for (String name : names) {
      files.addAll(files(name));
    }
    List<Path> chosen = files.subList(0, Math.min(MOST_FILES, files.size()));
    Taker lines = read(chosen, Map.of());
    if (lines.lines == 0) {
      throw new ConfigurationException(
          "init: there is no line in %s; write some first, or name other files."
              .formatted(String.join(", ", names)));
    }
    Optional<String> start = lines.survey.multilineStart();
    Taker events =
        start.map(pattern -> read(chosen, Map.of("multiline.start", pattern))).orElse(lines);
    return new LogSample(
        List.copyOf(files),
        events.survey,
        start,
        (int) Math.max(1, events.bytes / Math.max(1, events.lines)));
  }

  private static Taker read(List<Path> files, Map<String, String> settings) {
    var problems = new Problems("init");
    var given = new HashMap<>(settings);
    given.put("paths", "/dev/stdin");
    SourceLines lines = SourceLines.of(given, problems).orElseThrow();
    var taker = new Taker();
    for (Path file : files) {
      taker.left = MOST_LINES;
      try {
        lines.read(file, taker);
      } catch (EOFException e) {
        // a compressed file that is still being written
      } catch (IOException e) {
        throw new ConfigurationException("init: %s cannot be read: %s.".formatted(file, e));
      }
    }
    return taker;
  }

  private static List<Path> files(String name) {
    Path path = Path.of(name).toAbsolutePath().normalize();
    if (Files.isRegularFile(path)) {
      return List.of(path);
    }
    if (Files.isDirectory(path)) {
      throw new ConfigurationException(
          "init: %s is a directory; name its files, such as '%s/*.log'.".formatted(name, name));
    }
    Path folder = path.getParent();
    Path last = path.getFileName();
    if (folder == null || last == null || !Files.isDirectory(folder)) {
      throw new ConfigurationException("init: there is no such file: %s.".formatted(name));
    }
    var found = new TreeSet<Path>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder, last.toString())) {
      for (Path entry : entries) {
        if (Files.isRegularFile(entry)) {
          found.add(entry);
        }
      }
    } catch (IOException e) {
      throw new ConfigurationException("init: %s cannot be read: %s.".formatted(folder, e));
    }
    if (found.isEmpty()) {
      throw new ConfigurationException("init: there is no such file: %s.".formatted(name));
    }
    return List.copyOf(found);
  }

  /** Adds lines to the survey. */
  private static final class Taker implements SourceLines.Receiver {
    private final Survey survey = new Survey();
    private long lines;
    private long bytes;
    private int left;

    @Override
    public void line(long offset, byte[] line, @Nullable Verdict known, HeaderLookup headers) {
      if (left > 0) {
        left--;
        lines++;
        bytes += line.length;
        survey.add(line);
      }
    }

    @Override
    public boolean read(long read) {
      return left > 0;
    }
  }

  /**
   * Globs for these files and for what rotation makes of them, such as {@code /var/log/app.log*}.
   */
  public List<String> globs() {
    var byFolder = new TreeMap<Path, List<String>>();
    for (Path file : files) {
      Path folder = file.getParent();
      Path name = file.getFileName();
      if (folder != null && name != null) {
        byFolder.computeIfAbsent(folder, any -> new ArrayList<>()).add(plain(name.toString()));
      }
    }
    var globs = new ArrayList<String>();
    byFolder.forEach(
        (folder, named) -> {
          String start = escaped(folder.toString()) + "/";
          List<String> different = named.stream().distinct().toList();
          String ending = ending(different);
          if (different.size() > 1 && !ending.isEmpty()) {
            globs.add(start + "*" + escaped(ending) + "*");
          } else {
            different.forEach(name -> globs.add(start + escaped(name) + "*"));
          }
        });
    return globs;
  }

  /** The name before rotation: without numbers, dates and .gz behind the last letters. */
  private static String plain(String name) {
    String plain = name.replaceFirst("\\.gz$", "");
    String shorter = plain.replaceFirst("(\\.log)[.-][0-9-]+$", "$1");
    return shorter.isEmpty() ? plain : shorter;
  }

  /** What all names end with from a dot on. */
  private static String ending(List<String> names) {
    int dot = names.get(0).lastIndexOf('.');
    String ending = dot <= 0 ? "" : names.get(0).substring(dot);
    return names.stream().allMatch(name -> name.endsWith(ending)) ? ending : "";
  }

  /** A glob's own characters, taken literally; a list of paths has blanks and commas between. */
  private static String escaped(String name) {
    return name.replaceAll("[*?\\[\\]{}\\\\]", "\\\\$0").replaceAll("[\\s,]", "?");
  }
}
