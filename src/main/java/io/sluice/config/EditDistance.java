package io.sluice.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** How many letters must change to make one word of another (Levenshtein), case aside. */
public final class EditDistance {
  private EditDistance() {}

  /** The known word that {@code unknown} may have been meant to be; the first of several. */
  public static Optional<String> nearest(String unknown, Collection<String> known) {
    int bestDistance = Math.max(2, unknown.length() / 3) + 1;
    String best = null;
    for (String word : known) {
      int distance = between(unknown, word, bestDistance);
      if (distance < bestDistance) {
        best = word;
        bestDistance = distance;
      }
    }
    return Optional.ofNullable(best);
  }

  /** The distance, or {@code bound} if it is not smaller than that. */
  static int between(String one, String other, int bound) {
    String a = one.toLowerCase(Locale.ROOT);
    String b = other.toLowerCase(Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int replace = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(replace, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return Math.min(previous[b.length()], bound);
  }
}
