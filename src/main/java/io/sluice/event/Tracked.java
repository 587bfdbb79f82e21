package io.sluice.event;

import io.sluice.delivery.BatchAccount;
import org.apache.flume.Event;

/**
 * An event whose source wants to know what becomes of it. The memory channel hands on the same
 * object, so the sink can tell.
 */
public interface Tracked extends Event {
  /** Not to be shipped: nobody waits for it any more, or its source puts it once more. */
  boolean isStale();

  /** Enters the event into a sink's batch, whose delivery it will hear of. */
  void addTo(BatchAccount account);

  /** A rule told to drop the event: no sink will ever see it. */
  default void dropped() {}
}
