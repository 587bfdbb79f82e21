package io.sluice.cli.survey;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks at a sample of lines: what format they have, and which fields hold numbers. Of lines that
 * are longer than {@value #MOST_BYTES} bytes it sees the beginning.
 *
 * <p>Used by one thread.
 */
public final class Survey {
  private static final int MOST_BYTES = 16_384;
  private static final double MOSTLY = 0.5;

  /** Pairs as {@code key:} finds them: after white space, the value up to white space. */
  private static final Pattern PAIR =
      Pattern.compile("(?<!\\S)([^\\s=\"]+)=(?:\"((?:[^\"\\\\]|\\\\.)*)\"|(\\S*))");

  /** A word and a number after it; not one that goes on as a date, a time or an address. */
  private static final Pattern AFTER_WORD =
      Pattern.compile(
          "([A-Za-z][A-Za-z_-]{1,40}(?: ?[:=] ?| ))([-+]?[0-9]+(?:\\.[0-9]+)?)"
              + "(?![-0-9.:/_]*[0-9])(?![-_/:][A-Za-z])");

  private final Fields json = new Fields("json:", "");
  private final Fields pairs = new Fields("key:", "");
  private final Fields words = new Fields("regex:", "([-+0-9.]+)");
  private final Columns columns = new Columns();
  private final LineStarts starts = new LineStarts();
  private long lines;
  private long jsonLines;
  private long pairLines;

  /** Adds one line to the sample. */
  public void add(byte[] line) {
    int length = Math.min(line.length, MOST_BYTES);
    String text = new String(line, 0, length, StandardCharsets.UTF_8).strip();
    if (text.isEmpty()) {
      return;
    }
    lines++;
    starts.add(text);
    json.nextLine();
    if (text.startsWith("{") && JsonFields.add(text, json)) {
      jsonLines++;
      return;
    }
    pairs.nextLine();
    Matcher pair = PAIR.matcher(text);
    int found = 0;
    while (pair.find()) {
      found++;
      String bare = pair.group(3);
      pairs.add(pair.group(1), bare == null ? pair.group(2) : withoutSeparator(bare));
    }
    pairLines += found > 0 ? 1 : 0;
    columns.add(text);
    words.nextLine();
    Matcher word = AFTER_WORD.matcher(text);
    while (word.find()) {
      boolean pairOf = word.group(1).endsWith("=") && startsWord(text, word.start());
      if (!pairOf) {
        words.add(word.group(1), word.group(2));
      }
    }
  }

  private static boolean startsWord(String text, int at) {
    return at == 0 || Character.isWhitespace(text.charAt(at - 1));
  }

  private static String withoutSeparator(String value) {
    boolean separated = value.endsWith(",") || value.endsWith(";");
    return separated ? value.substring(0, value.length() - 1) : value;
  }

  public long lines() {
    return lines;
  }

  public LineFormat format() {
    if (jsonLines > MOSTLY * lines) {
      return LineFormat.JSON;
    }
    if (columns.isRegular()) {
      return LineFormat.CSV;
    }
    return pairLines > MOSTLY * lines ? LineFormat.LOGFMT : LineFormat.TEXT;
  }

  /** How columns are separated, if {@link #format} is CSV. */
  public char delimiter() {
    return columns.delimiter();
  }

  /** Names of the columns, if the first line has them. */
  public List<String> header() {
    return columns.header();
  }

  /** What the first line of each event matches, if some lines continue the one before. */
  public Optional<String> multilineStart() {
    return format() == LineFormat.JSON ? Optional.empty() : starts.pattern();
  }

  /** Fields with at least one number, those that most lines have first. */
  public List<Candidate> numeric() {
    return all().stream()
        .filter(candidate -> candidate.numbers().count() > 0)
        .sorted(
            Comparator.comparingLong((Candidate candidate) -> candidate.numbers().count())
                .reversed())
        .toList();
  }

  /** Names of fields of the same kind as {@code selector}, the most frequent first. */
  public List<String> namesLike(String selector) {
    String kind = selector.substring(0, selector.indexOf(':') + 1);
    return all().stream()
        .filter(candidate -> !kind.isEmpty() && candidate.selector().startsWith(kind))
        .sorted(Comparator.comparingLong(Candidate::lines).reversed())
        .map(Candidate::name)
        .toList();
  }

  private List<Candidate> all() {
    var all = new ArrayList<Candidate>();
    all.addAll(json.candidates());
    all.addAll(pairs.candidates());
    if (columns.isRegular()) {
      all.addAll(columns.candidates());
    }
    all.addAll(words.candidates());
    return all;
  }
}
