package io.sluice.simulation;

import java.util.function.LongFunction;

/** Lives a life and says what went wrong in it, not which steps it takes. */
final class Quick implements LongFunction<String> {
  private final Lives lives = new Lives();

  @Override
  public String apply(long seed) {
    return lives.firstViolation(seed);
  }
}
