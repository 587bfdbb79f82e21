package io.sluice.event;

import io.sluice.delivery.Announcements;
import io.sluice.delivery.Ledger;
import java.util.Map;

/**
 * The file that a {@link LogEvent} was read from, as far as the event needs it; one object for all
 * of its lines in one batch.
 */
public interface Origin {
  Ledger ledger();

  /** When the source filled the batch, as {@link System#nanoTime}. */
  long readNanos();

  /** With which number the batch was put on the channel; see {@link Announcements}. */
  default long sequence() {
    return 0;
  }

  /** Whether the source is configured to give any headers. */
  default boolean hasHeaders() {
    return true;
  }

  /**
   * Adds the headers that the source is configured to give.
   *
   * @param offset where the line starts in the file, in bytes
   */
  void addHeaders(Map<String, String> headers, long offset);
}
