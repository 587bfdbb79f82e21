package io.sluice.cli.survey;

/**
 * A field that may hold the number to check.
 *
 * @param selector as the setting {@code field} takes it
 * @param name how people would call it
 * @param lines how many lines have it
 * @param numbers what numbers it had
 * @param whole whether all of them were whole
 */
public record Candidate(
    String selector, String name, long lines, Distribution numbers, boolean whole) {
  /** The share of its lines in which it is a number, from 0 to 1. */
  public double numeric() {
    return lines == 0 ? 0 : (double) numbers.count() / lines;
  }
}
