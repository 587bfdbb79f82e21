package io.sluice.validate;

import io.sluice.config.Problems;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/**
 * Rules in a properties file, and the watch over its changes.
 *
 * <p>Properties, as the agent's own configuration is one: no parser to add to Flume's class path,
 * which has none for YAML. Not thread-safe.
 */
final class RulesFile {
  private static final int MAX_BYTES = 1 << 20;

  private final Path path;
  private State loaded = State.ABSENT;
  private State seen = State.ABSENT;

  /** What tells one state of a file from another without reading it. */
  private record State(@Nullable FileTime modified, long size, @Nullable Object key) {
    static final State ABSENT = new State(null, -1, null);
  }

  RulesFile(Path path) {
    this.path = path;
  }

  Path path() {
    return path;
  }

  /** Reads the rules, whether the file changed or not; empty if there are problems. */
  Optional<Rules> load(Problems problems) {
    loaded = state();
    seen = loaded;
    int before = problems.errors().size();
    Map<String, String> settings = settings(problems);
    return problems.errors().size() == before
        ? Rules.compile(settings, problems)
        : Optional.empty();
  }

  /** What is in it now; what is wrong is added to {@code problems}. */
  Map<String, String> settings(Problems problems) {
    Map<String, String> settings = new HashMap<>();
    try {
      read(settings, problems);
    } catch (CharacterCodingException e) {
      problems.error("the file is not text in UTF-8.");
    } catch (NoSuchFileException e) {
      problems.error("there is no such file.");
    } catch (IOException e) {
      problems.error("the file cannot be read: %s.".formatted(e));
    }
    return settings;
  }

  /**
   * Whether the file is another than the one loaded, and the same as at the last call. A file that
   * is still being written is thus left alone; its first half might be valid rules.
   */
  boolean hasSettledChange() {
    State now = state();
    boolean settled = now.equals(seen);
    seen = now;
    return settled && !now.equals(loaded);
  }

  private State state() {
    try {
      var attributes = Files.readAttributes(path, BasicFileAttributes.class);
      return new State(attributes.lastModifiedTime(), attributes.size(), attributes.fileKey());
    } catch (IOException e) {
      return State.ABSENT;
    }
  }

  private void read(Map<String, String> settings, Problems problems) throws IOException {
    if (Files.size(path) > MAX_BYTES) {
      problems.error("the file is longer than %d bytes.".formatted(MAX_BYTES));
      return;
    }
    String text = Files.readString(path, StandardCharsets.UTF_8);
    if (text.startsWith("\ufeff")) {
      text = text.substring(1);
    }
    // Properties would take the last of two lines with one key, without a word.
    var properties =
        new Properties() {
          @Override
          public synchronized @Nullable Object put(Object key, Object value) {
            if (settings.put((String) key, (String) value) != null) {
              problems.error("%s is set twice.".formatted(key));
            }
            return null;
          }
        };
    try {
      properties.load(new StringReader(text));
    } catch (IllegalArgumentException e) {
      problems.error("the file has a \\u without four hexadecimal digits.");
    }
  }
}
