package io.sluice.cli.check;

/**
 * One mistake, or what may be one.
 *
 * @param line in the file, from 1; 0 if it is about the file as a whole
 * @param component kind and name as the user knows them, such as {@code source 'tail'}
 */
public record Finding(int line, Severity severity, String component, String message) {
  /** Whether the agent is known to refuse it or to do something else than is written there. */
  public enum Severity {
    ERROR,
    WARNING
  }
}
