package io.sluice.validate;

/**
 * Finds one field in a line and hands its bytes to a rule.
 *
 * <p>Never throws, whatever the line holds. Its work is bounded: linear in the length of the line,
 * or else the line is unparsable. Immutable and thread-safe.
 */
interface Selector {
  /**
   * Calls exactly one of {@link Rule#found}, {@link Rule#missing} and {@link Rule#unparsable} and
   * gives its result. A call instead of a result object keeps the path of a valid line free of
   * allocation.
   */
  Verdict select(byte[] line, HeaderLookup headers, Rule rule);

  /**
   * This selector for lines of columns in {@code format}.
   *
   * @throws IllegalArgumentException if the format lacks what the selector asks for
   */
  default Selector within(CsvFormat format) {
    return this;
  }

  /** Whether it reads headers, which cost a map for each line. */
  default boolean readsHeaders() {
    return false;
  }
}
