package io.sluice.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flume.Event;

/**
 * What must arrive of the lines of a life: each as often as it was written, or a gap record instead
 * where one is possible.
 */
final class Expected {
  /** How often each line was written. */
  private final Map<String, Integer> written = new LinkedHashMap<>();

  private final Set<String> mayBeMissing = new HashSet<>();
  private final Set<String> mayRepeat = new HashSet<>();

  /** Lines that nobody could read; but it was possible to know that. */
  private final Set<String> mayBeGap = new HashSet<>();

  private final Set<String> mustNotArrive = new HashSet<>();

  /** Lines whose end came after it was no longer waited for, with their two pieces. */
  private final Map<String, List<String>> mayBeSplit = new HashMap<>();

  /** Lines that every file may have. */
  private final Set<String> shared = new HashSet<>();

  private final Map<String, String> groups = new HashMap<>();
  private boolean gapsExplained;

  void written(String line) {
    written.merge(line, 1, Integer::sum);
  }

  void written(String line, String group) {
    written(line);
    groups.put(line, group);
  }

  void shared(String line) {
    shared.add(line);
  }

  void mayBeMissing(Collection<String> lines) {
    mayBeMissing.addAll(lines);
  }

  void mayRepeat(Collection<String> lines) {
    mayRepeat.addAll(lines);
  }

  void mayBeGap(Collection<String> lines) {
    mayBeGap.addAll(lines);
  }

  void mustNotArrive(Collection<String> lines) {
    mustNotArrive.addAll(lines);
  }

  void mayBeSplit(String line, String first, String rest) {
    mayBeSplit.put(line, List.of(first, rest));
  }

  /** Whether no file has the line but those it was written to. */
  boolean isOwn(String line) {
    return written.containsKey(line) && !shared.contains(line);
  }

  /** From now on there may be gap records. */
  void explainGaps() {
    gapsExplained = true;
  }

  /** Gap records that are under way are lost with the process. */
  void processEnds() {
    mayBeMissing.addAll(mayBeGap);
    mayBeGap.clear();
  }

  /** What is wrong with what has arrived. */
  List<String> check(List<Event> arrived) {
    Map<String, Integer> counts = new LinkedHashMap<>();
    List<String> gaps = new ArrayList<>();
    List<String> wrong = new ArrayList<>();
    for (Event event : arrived) {
      String text = new String(event.getBody(), ISO_8859_1);
      if ("GAP_IN_FILE".equals(event.getHeaders().get("validation.reason"))) {
        gaps.add(text);
        continue;
      }
      counts.merge(text, 1, Integer::sum);
      String group = groups.get(text);
      if (group != null && !group.equals(event.getHeaders().get("group"))) {
        wrong.add("of group " + event.getHeaders().get("group") + ": " + text);
      }
    }
    written.forEach((line, times) -> checkLine(line, times, counts, gaps, wrong));
    for (String text : counts.keySet()) {
      boolean leftOut = mustNotArrive.contains(text) && mayRepeat.contains(text);
      if (!leftOut && !written.containsKey(text) && !shared.contains(text) && !isPiece(text)) {
        wrong.add("never written: " + (text.length() > 99 ? text.substring(0, 99) : text));
      }
    }
    if (!gapsExplained && !gaps.isEmpty()) {
      wrong.add("nothing was lost, but: " + gaps);
    }
    return wrong;
  }

  private void checkLine(
      String line, int times, Map<String, Integer> counts, List<String> gaps, List<String> wrong) {
    int count = counts.getOrDefault(line, 0);
    List<String> pieces = mayBeSplit.get(line);
    if (count == 0 && pieces != null && pieces.stream().allMatch(counts::containsKey)) {
      count = pieces.stream().mapToInt(counts::get).max().orElse(0);
    }
    if (mustNotArrive.contains(line)) {
      if (count > 0) {
        wrong.add("was to be left out: " + line);
      }
    } else if (count < times && !mayBeMissing.contains(line)) {
      boolean reported = mayBeGap.contains(line) && !gaps.isEmpty();
      if (!reported) {
        wrong.add(
            (mayBeGap.contains(line) ? "not reported: " : "lost: ")
                + count
                + "/"
                + times
                + " "
                + line);
      }
    } else if (count > times && !mayRepeat(line, pieces)) {
      wrong.add(count + " times: " + line);
    }
  }

  private boolean mayRepeat(String line, List<String> pieces) {
    return mayRepeat.contains(line)
        || (pieces != null && pieces.stream().anyMatch(mayRepeat::contains));
  }

  private boolean isPiece(String text) {
    return mayBeSplit.values().stream().anyMatch(pieces -> pieces.contains(text));
  }
}
