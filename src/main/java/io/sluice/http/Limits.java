package io.sluice.http;

import java.time.Duration;

/**
 * What clients may cost.
 *
 * @param connections most of them at once; more wait in the system's queue
 * @param headerBytes most bytes of a request's line and headers
 * @param request longest time for a request to arrive whole, and for a connection to be idle
 * @param answer longest time for a request that has arrived to be answered and the answer to be
 *     read
 */
public record Limits(int connections, int headerBytes, Duration request, Duration answer) {}
