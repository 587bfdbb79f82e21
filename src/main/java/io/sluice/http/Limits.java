package io.sluice.http;

import java.time.Duration;

/**
 * What clients may cost.
 *
 * @param requests most of them that are answered at once; others wait
 * @param headerBytes most bytes of a request's line and headers
 * @param request longest time for a request to arrive whole, and for a connection to be idle
 * @param answer longest time for a request that has arrived to be answered and the answer to be
 *     read
 */
public record Limits(int requests, int headerBytes, Duration request, Duration answer) {
  /** Connections beyond those whose requests are answered or wait, for health probes. */
  private static final int RESERVE = 8;

  private static final int MOST_WAITING = 1_000;

  /** Requests that may wait for others to be answered. */
  int waiting() {
    return Math.min(4 * requests, MOST_WAITING);
  }

  int connections() {
    return requests + waiting() + RESERVE;
  }

  int threads() {
    return requests + RESERVE;
  }
}
