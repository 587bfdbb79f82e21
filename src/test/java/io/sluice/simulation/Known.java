package io.sluice.simulation;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;

/**
 * Kinds of faults that the simulation has found. Those that are not mended yet are the default of
 * {@code -Dsluice.known=NAME,NAME}; the simulation does not provoke them, so that it can find
 * others. The default is there to become empty.
 */
enum Known {
  /** At least once, what was acknowledged is sent again with what was not. */
  RESENT,
  /** A batch counts as delivered although the shipping of a line had thrown. */
  UNCOUNTED,
  /** A clock ahead, the agent's or a device's, makes lines undeliverable or holds all up. */
  CLOCK,
  /** Another interceptor's new events move no position. */
  REPLACED,
  /** Lines on a channel from which nobody answered for them are taken for delivered. */
  STALE,
  /** A newer agent is fenced by an older one. */
  OVERTAKEN,
  /** On a slow line the same batch is sent for ever. */
  SLOW,
  /** The positions topic is read against a deadline, or need not be compacted. */
  POSITIONS,
  /** A dead letter that is refused too is sent for ever. */
  LETTERS;

  private static final Set<Known> NOT_MENDED = given();

  private static Set<Known> given() {
    Set<Known> known = EnumSet.noneOf(Known.class);
    String names = System.getProperty("sluice.known", "REPLACED");
    Arrays.stream(names.split(","))
        .filter(name -> !name.isEmpty())
        .map(Known::valueOf)
        .forEach(known::add);
    return known;
  }

  boolean isThere() {
    return NOT_MENDED.contains(this);
  }
}
