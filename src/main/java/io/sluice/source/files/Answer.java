package io.sluice.source.files;

/**
 * The answer to a question about what is in a file. A file that cannot be opened just now, or whose
 * name another has taken, is no new one: what is unknown waits for the next look.
 */
enum Answer {
  YES,
  NO,
  UNKNOWN
}
