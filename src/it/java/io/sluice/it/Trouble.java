package io.sluice.it;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** What happens to an agent and its broker in a soak. */
enum Trouble {
  KILL_AGENT,
  STOP_AGENT,
  KILL_BOTH,
  KILL_BROKER,
  PAUSE_AGENT,
  PAUSE_BROKER,
  RELOAD;

  /** Draws them in random order, each before any comes again. */
  static final class Deck {
    private final Collection<Trouble> all;
    private final Random random;
    private final List<Trouble> left = new ArrayList<>();

    Deck(Random random, Trouble... all) {
      this.random = random;
      this.all = List.of(all);
    }

    Trouble draw() {
      if (left.isEmpty()) {
        left.addAll(all);
        Collections.shuffle(left, random);
      }
      return left.remove(0);
    }
  }
}
