package io.sluice.simulation;

import java.util.function.LongFunction;

/** Lives a life and tells all of it. */
final class Told implements LongFunction<String> {
  private final Lives lives = new Lives();

  @Override
  public String apply(long seed) {
    return lives.tell(seed);
  }
}
