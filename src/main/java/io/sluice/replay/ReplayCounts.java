package io.sluice.replay;

import io.sluice.replay.Selection.Answer;
import io.sluice.validate.Verdict;
import io.sluice.validate.Verdict.Dropped;
import io.sluice.validate.Verdict.Invalid;
import java.util.Map;
import java.util.TreeMap;

/** How many records a replay has met. Not thread-safe. */
final class ReplayCounts {
  private long read;
  private long taken;
  private long noLines;
  private final Map<String, Long> verdicts = new TreeMap<>();

  void add(Answer answer) {
    read++;
    if (answer == Answer.TAKEN) {
      taken++;
    } else if (answer == Answer.NO_LINE) {
      noLines++;
    }
  }

  void add(Verdict verdict) {
    verdicts.merge(name(verdict), 1L, Long::sum);
  }

  private static String name(Verdict verdict) {
    if (verdict instanceof Invalid invalid) {
      return "invalid." + invalid.rule() + "." + invalid.reason();
    }
    return verdict instanceof Dropped drop
        ? "dropped." + drop.rule() + "." + drop.reason()
        : "valid";
  }

  long read() {
    return read;
  }

  /** One line for people and for scripts: words and figures. */
  String summary(boolean dryRun) {
    var text = new StringBuilder();
    text.append("read=").append(read);
    text.append(dryRun ? " matching=" : " replayed=").append(taken);
    text.append(" passed-over=").append(read - taken - noLines);
    text.append(" undeliverable=").append(noLines);
    verdicts.forEach((name, count) -> text.append(" now.").append(name).append('=').append(count));
    return text.toString();
  }
}
