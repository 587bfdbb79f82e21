package io.sluice.validate;

import java.util.List;

/**
 * How lines are cut into columns.
 *
 * @param names the names of the columns, from the first on; empty if they have none
 */
record CsvFormat(List<String> names, byte delimiter) {
  static final CsvFormat DEFAULT = new CsvFormat(List.of(), (byte) ',');

  CsvFormat {
    names = List.copyOf(names);
  }

  /**
   * @throws IllegalArgumentException if {@code text} is not one character of ASCII, or "tab"
   */
  static Byte parseDelimiter(String text) {
    if (text.equals("tab") || text.equals("\\t")) {
      return (byte) '\t';
    }
    if (text.length() != 1 || text.charAt(0) > 0x7e || text.charAt(0) <= ' ') {
      throw new IllegalArgumentException();
    }
    if (text.equals("\"")) {
      throw new IllegalArgumentException("the quote cannot be the delimiter");
    }
    return (byte) text.charAt(0);
  }
}
