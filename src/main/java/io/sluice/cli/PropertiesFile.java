package io.sluice.cli;

import io.sluice.config.ConfigurationException;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;

/** A properties file in UTF-8, as text by key. */
final class PropertiesFile {
  private PropertiesFile() {}

  /**
   * @throws ConfigurationException if the file is missing or is no such file
   */
  static Map<String, String> read(Path path) {
    var properties = new Properties();
    try (var reader = Files.newBufferedReader(path, StandardCharsets.UTF_8)) {
      properties.load(reader);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(path + ": there is no such file.");
    } catch (CharacterCodingException e) {
      throw new ConfigurationException(path + ": the file is not text in UTF-8.");
    } catch (IOException e) {
      throw new ConfigurationException(path + ": the file cannot be read: " + e);
    } catch (IllegalArgumentException e) {
      throw new ConfigurationException(
          path + ": the file has a \\u without four hexadecimal digits.");
    }
    Map<String, String> settings = new HashMap<>();
    properties.forEach((key, value) -> settings.put((String) key, (String) value));
    return settings;
  }
}
