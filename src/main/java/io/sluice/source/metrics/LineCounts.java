package io.sluice.source.metrics;

/** Hears of lines that are not shipped as they are. */
public interface LineCounts {
  void longLine();

  void decodeError();

  /**
   * NULs in front of a line, which no line has.
   *
   * @param bytes how many
   */
  void hole(long bytes);
}
