package io.sluice.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** Cuts a failing list of steps down until no step can be left out (delta debugging). */
final class Shrinker {
  private Shrinker() {}

  static List<Step> shrink(List<Step> steps, Predicate<List<Step>> fails) {
    List<Step> least = steps;
    for (int size = Math.max(1, steps.size() / 2); size >= 1; ) {
      boolean smaller = false;
      for (int from = least.size() - size; from >= 0; from -= size) {
        List<Step> fewer = new ArrayList<>(least);
        fewer.subList(from, from + size).clear();
        if (fails.test(fewer)) {
          least = fewer;
          smaller = true;
        }
        from = Math.min(from, least.size());
      }
      if (size == 1 && !smaller) {
        break;
      }
      size = smaller && size == 1 ? 1 : Math.max(1, size / 2);
    }
    return least;
  }
}
