package io.sluice.cli.survey;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects fields of one kind. Used by one thread. */
final class Fields {
  /** Names that are made up line by line, such as identifiers, must not fill the memory. */
  private static final int MOST = 500;

  private final String prefix;
  private final String suffix;
  private final Map<String, Field> fields = new LinkedHashMap<>();
  private final Set<String> inThisLine = new HashSet<>();

  private static final class Field {
    private final Distribution numbers = new Distribution();
    private boolean whole = true;
    private long lines;
  }

  /**
   * @param prefix what a selector has before the field's name
   * @param suffix what it has after it
   */
  Fields(String prefix, String suffix) {
    this.prefix = prefix;
    this.suffix = suffix;
  }

  void nextLine() {
    inThisLine.clear();
  }

  /** The first field of a name in a line counts, as it does for a selector. */
  void add(String name, String value) {
    if (!inThisLine.add(name) || (fields.size() == MOST && !fields.containsKey(name))) {
      return;
    }
    Field field = fields.computeIfAbsent(name, any -> new Field());
    field.lines++;
    if (NumberText.isNumber(value)) {
      byte[] bytes = value.getBytes(StandardCharsets.US_ASCII);
      double number = Decimals.parse(bytes, 0, bytes.length);
      field.numbers.add(number);
      field.whole &= number == Math.rint(number);
    }
  }

  List<Candidate> candidates() {
    return fields.entrySet().stream()
        .map(
            entry ->
                new Candidate(
                    prefix + entry.getKey() + suffix,
                    entry.getKey().strip(),
                    entry.getValue().lines,
                    entry.getValue().numbers,
                    entry.getValue().whole))
        .toList();
  }
}
