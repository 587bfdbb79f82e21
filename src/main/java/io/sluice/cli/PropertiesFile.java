package io.sluice.cli;

import io.sluice.config.ConfigurationException;
import io.sluice.config.Problems;
import io.sluice.config.PropertyLines;
import io.sluice.config.PropertyLines.Entry;
import io.sluice.config.PropertyLines.MalformedEscapeException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A properties file in UTF-8, as text by key. */
final class PropertiesFile {
  private PropertiesFile() {}

  /**
   * @throws ConfigurationException if the file is missing or is no such file, or if a key is given
   *     more than once: which of the two was meant cannot be told
   */
  static Map<String, String> read(Path path) {
    List<Entry> entries = entries(path);
    var problems = new Problems(path.toString());
    PropertyLines.duplicates(entries)
        .forEach(
            (key, lines) ->
                problems.error(
                    "%s is given more than once, in lines %s."
                        .formatted(
                            key,
                            lines.stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(" and ")))));
    problems.throwIfAny();
    return PropertyLines.values(entries);
  }

  private static List<Entry> entries(Path path) {
    try {
      return PropertyLines.read(Files.readString(path, StandardCharsets.UTF_8));
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(path + ": there is no such file.");
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(path + ": the file is not text in UTF-8.");
    } catch (IOException e) {
      throw new ConfigurationException(path + ": the file cannot be read: " + e);
    } catch (MalformedEscapeException e) {
      throw new ConfigurationException(
          "%s: line %d has %s.".formatted(path, e.line(), e.getMessage()));
    }
  }
}
