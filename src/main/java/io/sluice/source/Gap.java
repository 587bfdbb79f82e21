package io.sluice.source;

import io.sluice.delivery.Anchor;
import io.sluice.event.LogEvent;
import io.sluice.validate.Reason;
import io.sluice.validate.Verdict;
import java.nio.charset.StandardCharsets;

/**
 * Bytes of a file that are gone for good, and that nobody has read.
 *
 * @param origin what is read in their place; the record is delivered before its first line
 * @param path name of the file when it was last seen
 * @param to end of what is known to be gone; {@link #UNKNOWN} if nobody saw how long the file was
 */
record Gap(TailedFile origin, String path, long from, long to) {
  static final long UNKNOWN = -1;
  static final String RULE = "source";

  /** A truncated file, or a new one with the name and the inode of a deleted one: nobody knows. */
  private static final String MAYBE_LOST =
      " may be lost: it was truncated or made anew while nobody read it";

  /** The record for the invalid topic. It takes no bytes of the file's account. */
  void addTo(Batch batch) {
    long place = origin.read().offset();
    String text =
        to == UNKNOWN
            ? "bytes from " + from + " on of " + path + MAYBE_LOST
            : "bytes " + range() + " of " + path + " were lost before they could be read";
    batch.add(
        new LogEvent(
            batch.reading(origin),
            place,
            place,
            place == 0 ? Anchor.NONE : origin.read().anchor(),
            text.getBytes(StandardCharsets.UTF_8)),
        new Verdict.Invalid(RULE, Reason.GAP_IN_FILE, range(), ""));
  }

  String range() {
    return from + " to " + (to == UNKNOWN ? "an unknown end" : Long.toString(to));
  }
}
