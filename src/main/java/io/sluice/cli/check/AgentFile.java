package io.sluice.cli.check;

import io.sluice.config.ConfigurationException;
import io.sluice.config.PropertyLines;
import io.sluice.config.PropertyLines.Entry;
import io.sluice.config.PropertyLines.MalformedEscapeException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An agent configuration as Flume reads it, with lines. Immutable. */
record AgentFile(Path path, List<String> lines, List<Entry> entries, boolean hasByteOrderMark) {
  private static final int MAX_ASCII = 127;

  /** UTF-8's, in the character set that Flume reads. */
  private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

  /**
   * @throws ConfigurationException if the file cannot be read at all
   */
  static AgentFile read(Path path) {
    try {
      // Flume 1.11 reads the bytes by Properties.load(InputStream), which is this character set.
      String text = Files.readString(path, StandardCharsets.ISO_8859_1);
      return of(path, text);
    } catch (NoSuchFileException e) {
      throw new ConfigurationException(path + ": there is no such file.");
    } catch (IOException e) {
      throw new ConfigurationException(path + ": the file cannot be read: " + e);
    } catch (MalformedEscapeException e) {
      throw new ConfigurationException(
          "%s:%d: %s; Flume would not read the file.".formatted(path, e.line(), e.getMessage()));
    }
  }

  static AgentFile of(Path path, String text) throws MalformedEscapeException {
    boolean marked = text.startsWith(BYTE_ORDER_MARK);
    String plain = marked ? text.substring(BYTE_ORDER_MARK.length()) : text;
    return new AgentFile(path, plain.lines().toList(), PropertyLines.read(plain), marked);
  }

  static List<String> words(String list) {
    return list.isBlank() ? List.of() : List.of(list.strip().split("\\s+"));
  }

  /** Each agent's entries, without the agent's name; of a key given twice the last one counts. */
  Map<String, Map<String, Entry>> agents() {
    Map<String, Map<String, Entry>> agents = new LinkedHashMap<>();
    for (Entry entry : entries) {
      int dot = entry.key().indexOf('.');
      if (dot > 0 && dot < entry.key().length() - 1) {
        agents
            .computeIfAbsent(entry.key().substring(0, dot), name -> new LinkedHashMap<>())
            .put(entry.key().substring(dot + 1), entry);
      }
    }
    return agents;
  }

  /** Tells what is wrong with the text itself. */
  void check(Findings findings) {
    if (hasByteOrderMark) {
      findings.error(
          1,
          "file",
          "it begins with a byte order mark, which Flume takes for a part of the first key; save it"
              + " without one (as ASCII, or UTF-8 without BOM).");
    }
    PropertyLines.duplicates(entries)
        .forEach(
            (key, lines) -> {
              var others = new ArrayList<>(lines);
              int last = others.remove(others.size() - 1);
              findings.error(
                  last,
                  "file",
                  "%s is given before, in line %s; Flume takes the last one without a word."
                      .formatted(
                          key, String.join(", ", others.stream().map(String::valueOf).toList())));
            });
    entries.forEach(entry -> checkEntry(entry, findings));
    checkCharacters(findings);
  }

  private static void checkEntry(Entry entry, Findings findings) {
    if (entry.key().indexOf('.') <= 0 || entry.key().endsWith(".")) {
      findings.error(
          entry.line(),
          "file",
          "%s is no key of an agent: write AGENT.sources and the like.".formatted(entry.key()));
    } else if (entry.value().isBlank()) {
      findings.error(
          entry.line(), "file", "%s has no value; Flume refuses that.".formatted(entry.key()));
    } else if (entry.lostBackslash() != 0) {
      findings.warn(
          entry.line(),
          "file",
          "%s: the backslash before %c is lost, and the value is \"%s\"; in a properties file write two, \\\\%c."
              .formatted(entry.key(), entry.lostBackslash(), entry.value(), entry.lostBackslash()));
    }
  }

  private void checkCharacters(Findings findings) {
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      boolean comment = line.startsWith("#") || line.startsWith("!");
      if (!comment && line.chars().anyMatch(c -> c > MAX_ASCII)) {
        findings.warn(
            i + 1,
            "file",
            "there are characters beyond ASCII, which Flume reads as ISO-8859-1 and not as UTF-8;"
                + " write them as \\uXXXX.");
      }
    }
  }
}
