package io.sluice.sink;

/**
 * How many events a transaction may have. After a refusal it is fewer: half of those among which
 * the refused one must be, until it is alone. Exact for every error, and for one in 10,000 not more
 * than fifteen transactions. Afterwards it doubles again.
 *
 * <p>Events that are given back are taken again first, so those under suspicion are always at the
 * head.
 *
 * <p>Used by the sink's thread only.
 */
final class BatchLimit {
  private final int max;
  private int limit;

  /** The next so many events have a refused one among them; 0 if nobody knows of any. */
  private int suspects;

  BatchLimit(int max) {
    this.max = max;
    this.limit = max;
  }

  /** Most events of the next batch. */
  int events() {
    return limit;
  }

  /** Kafka refused a record of a batch of so many events. */
  void refused(int events) {
    suspects = events > 1 ? events : 0;
    limit = Math.max(1, events / 2);
  }

  /** A batch of so many events was delivered. */
  void delivered(int events) {
    suspects = Math.max(0, suspects - events);
    limit = suspects > 0 ? Math.max(1, suspects / 2) : (int) Math.min(max, limit * 2L);
  }
}
