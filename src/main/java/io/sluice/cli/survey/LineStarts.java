package io.sluice.cli.survey;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds out how the first line of an event begins, where others follow. Used by one thread. */
final class LineStarts {
  /** As logging frameworks write the time, and some that begin otherwise; RE2 reads them too. */
  private static final List<String> STARTS =
      List.of(
          "^\\[?[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}",
          "^\\[?[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9]{2}:[0-9]{2}",
          "^\\[?[0-9]{2}/[0-9]{2}/[0-9]{2,4} [0-9]{2}:[0-9]{2}",
          "^[A-Z][a-z]{2} +[0-9]{1,2} [0-9]{2}:[0-9]{2}:[0-9]{2}",
          "^\\[?[0-9]{2}:[0-9]{2}:[0-9]{2}",
          "^[0-9]{6} +[0-9]{6} ",
          "^# (Time|User@Host):");

  private static final List<Pattern> PATTERNS = STARTS.stream().map(Pattern::compile).toList();

  /** Fewer starts than this share say nothing, and so do as many as all lines. */
  private static final double FEWEST = 0.02;

  private final long[] counts = new long[STARTS.size()];
  private long lines;

  void add(String line) {
    lines++;
    for (int i = 0; i < counts.length; i++) {
      if (PATTERNS.get(i).matcher(line).find()) {
        counts[i]++;
        return;
      }
    }
  }

  /** What a first line matches; empty if every line is one, or if no start is known. */
  Optional<String> pattern() {
    int most = 0;
    for (int i = 1; i < counts.length; i++) {
      most = counts[i] > counts[most] ? i : most;
    }
    long starts = counts[most];
    boolean several = starts > 0 && starts >= FEWEST * lines && starts < lines;
    return several ? Optional.of(STARTS.get(most)) : Optional.empty();
  }
}
