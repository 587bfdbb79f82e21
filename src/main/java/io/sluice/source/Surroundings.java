package io.sluice.source;

import java.util.function.Function;

/**
 * What the source uses of the machine; tests bring their own.
 *
 * @param signals makes the signals for the component of that name
 */
record Surroundings(Time time, Content.Opener opener, Function<String, Signals> signals) {
  static Surroundings real() {
    return new Surroundings(Time.SYSTEM, Content::unzipped, DirectoryWatch::new);
  }

  /** The same, but a compressed file is a file as any other. */
  Surroundings withoutUnzipping() {
    return new Surroundings(time, Content::plain, signals);
  }
}
