package io.sluice.source.files;

/**
 * Bytes of a file that are gone for good, and that nobody has read.
 *
 * @param origin what is read in their place; the record is delivered before its first line
 * @param path name of the file when it was last seen
 * @param to end of what is known to be gone; {@link #UNKNOWN} if nobody saw how long the file was
 */
public record Gap(TailedFile origin, String path, long from, long to) {
  static final long UNKNOWN = -1;

  /** Whether nobody knows if there were such bytes. */
  public boolean isUncertain() {
    return to == UNKNOWN;
  }

  /** As people read it. */
  public String range() {
    return from + " to " + (isUncertain() ? "an unknown end" : Long.toString(to));
  }
}
