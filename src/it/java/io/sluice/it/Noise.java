package io.sluice.it;

import java.util.Random;

/** Text that no codec makes much smaller, on one line. */
final class Noise {
  private Noise() {}

  static String text(int length) {
    return new Random(1)
        .ints(length, 'A', 'z')
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
