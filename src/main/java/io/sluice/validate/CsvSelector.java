package io.sluice.validate;

/**
 * A column of a line of separated values (RFC 4180).
 *
 * <p>A value that starts with a quote ends with one, and two quotes inside it mean one; a delimiter
 * between them belongs to the value. Text after the closing quote, or a quote without end, makes
 * the line unparsable. What follows the column is not looked at. An empty column counts as missing,
 * since the format has no other way to leave a value out.
 */
final class CsvSelector implements Selector {
  private final String column;
  private final int number;
  private final byte delimiter;

  /**
   * @param number counted from 1; 0 if the column is still to be found by its name
   */
  private CsvSelector(String column, int number, byte delimiter) {
    this.column = column;
    this.number = number;
    this.delimiter = delimiter;
  }

  static CsvSelector parse(String column) {
    if (column.isBlank()) {
      throw new IllegalArgumentException("the number or the name of the column is missing");
    }
    boolean isNumber = column.chars().allMatch(c -> c >= '0' && c <= '9');
    if (isNumber && !column.matches("0*[1-9][0-9]{0,5}")) {
      throw new IllegalArgumentException("columns are counted from 1 to 999999");
    }
    int number = isNumber ? Integer.parseInt(column) : 0;
    return new CsvSelector(column, number, CsvFormat.DEFAULT.delimiter());
  }

  @Override
  public Selector within(CsvFormat format) {
    int found = number > 0 ? number : format.names().indexOf(column) + 1;
    if (found == 0) {
      throw new IllegalArgumentException(
          format.names().isEmpty()
              ? "the column \"%s\" needs csv.header, which names the columns".formatted(column)
              : "csv.header has no column \"%s\"; it names %s"
                  .formatted(column, String.join(", ", format.names())));
    }
    return new CsvSelector(column, found, format.delimiter());
  }

  @Override
  public Verdict select(byte[] line, HeaderLookup headers, Rule rule) {
    int at = 0;
    for (int current = 1; ; current++) {
      boolean quoted = at < line.length && line[at] == '"';
      int end = quoted ? closingQuote(line, at + 1) : find(line, at);
      int next = quoted ? end + 1 : end;
      if (end < 0 || (next < line.length && line[next] != delimiter)) {
        return rule.unparsable();
      }
      if (current == number) {
        int start = quoted ? at + 1 : at;
        return Blanks.skip(line, start, end) == end ? rule.missing() : rule.found(line, start, end);
      }
      if (next >= line.length) {
        return rule.missing();
      }
      at = next + 1;
    }
  }

  private int find(byte[] line, int from) {
    int at = from;
    while (at < line.length && line[at] != delimiter) {
      at++;
    }
    return at;
  }

  private static int closingQuote(byte[] line, int from) {
    for (int at = from; at < line.length; at++) {
      if (line[at] == '"') {
        boolean doubled = at + 1 < line.length && line[at + 1] == '"';
        if (!doubled) {
          return at;
        }
        at++;
      }
    }
    return -1;
  }
}
