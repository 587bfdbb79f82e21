package io.sluice.source.lines;

import io.sluice.delivery.Anchor;
import io.sluice.event.LogEvent;
import io.sluice.source.files.Gap;
import io.sluice.validate.Reason;
import io.sluice.validate.Verdict;
import java.nio.charset.StandardCharsets;

/** The record for the invalid topic that says which bytes of a file are lost. */
final class GapRecord {
  /** A truncated file, or a new one with the name and the inode of a deleted one: nobody knows. */
  private static final String MAYBE_LOST =
      " may be lost: it was truncated or replaced while nobody read it";

  private GapRecord() {}

  /** Adds the record. It takes no bytes of the file's account. */
  static void add(Gap gap, Batch batch) {
    long offset = gap.origin().read().offset();
    String text =
        gap.isUncertain()
            ? "bytes from " + gap.from() + " on of " + gap.path() + MAYBE_LOST
            : "bytes " + gap.range() + " of " + gap.path() + " were lost before they could be read";
    batch.add(
        new LogEvent(
            batch.reading(gap.origin()),
            offset,
            offset,
            offset == 0 ? Anchor.NONE : gap.origin().read().anchor(),
            text.getBytes(StandardCharsets.UTF_8)),
        new Verdict.Invalid(LineEmitter.RULE, Reason.GAP_IN_FILE, gap.range(), ""));
  }
}
