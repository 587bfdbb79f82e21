package io.sluice.cli.survey;

import java.util.ArrayList;
import java.util.List;

/** Finds out whether lines are columns, and what separates them. Used by one thread. */
final class Columns {
  private static final char[] DELIMITERS = {',', ';', '\t', '|'};
  private static final int FEWEST = 3;
  private static final double REGULAR = 0.95;
  private static final int MOST_LINES = 20_000;

  private final List<String> lines = new ArrayList<>();
  private char chosen;
  private int count;
  private int chosenFor = -1;

  void add(String line) {
    if (lines.size() < MOST_LINES) {
      lines.add(line);
    }
  }

  /** Whether nearly all lines have the same number of columns, three or more. */
  boolean isRegular() {
    choose();
    return count > 0;
  }

  char delimiter() {
    choose();
    return chosen;
  }

  private void choose() {
    if (chosenFor == lines.size()) {
      return;
    }
    chosenFor = lines.size();
    count = 0;
    for (char delimiter : DELIMITERS) {
      int first = lines.isEmpty() ? 0 : split(lines.get(lines.size() / 2), delimiter).size();
      long same = lines.stream().filter(line -> split(line, delimiter).size() == first).count();
      if (first >= FEWEST && first > count && same >= REGULAR * lines.size()) {
        count = first;
        chosen = delimiter;
      }
    }
  }

  /** The names in the first line, if it has no number where others have one; else none. */
  List<String> header() {
    if (!isRegular() || lines.size() < 2) {
      return List.of();
    }
    List<String> names = split(lines.get(0), chosen);
    boolean named =
        names.stream().allMatch(name -> !NumberText.isNumber(name) && !name.isBlank())
            && split(lines.get(lines.size() - 1), chosen).stream().anyMatch(NumberText::isNumber);
    return named && names.stream().allMatch(name -> name.matches("[A-Za-z0-9_.-]+"))
        ? names
        : List.of();
  }

  List<Candidate> candidates() {
    List<String> names = header();
    var fields = new Fields("csv:", "");
    for (String line : names.isEmpty() ? lines : lines.subList(1, lines.size())) {
      fields.nextLine();
      List<String> columns = split(line, chosen);
      for (int i = 0; i < columns.size(); i++) {
        if (!columns.get(i).isEmpty()) {
          fields.add(i < names.size() ? names.get(i) : String.valueOf(i + 1), columns.get(i));
        }
      }
    }
    return fields.candidates();
  }

  /** Values without their quotes. */
  private static List<String> split(String line, char delimiter) {
    var columns = new ArrayList<String>();
    var column = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"') {
        quoted = !quoted;
      } else if (c == delimiter && !quoted) {
        columns.add(column.toString().strip());
        column.setLength(0);
      } else {
        column.append(c);
      }
    }
    columns.add(column.toString().strip());
    return columns;
  }
}
