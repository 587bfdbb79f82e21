package io.sluice.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** The logs as programs and their rotation write them, and what must arrive of them. */
final class Logs {
  private static final List<String> NAMES = List.of("app.log", "web.log");

  private final Path folder;
  private final Clock clock;
  private final Consumer<String> story;

  /** Tells the lines that Kafka has by now in all topics. */
  private final Supplier<Predicate<Line>> delivered;

  private final Map<String, Line> written = new LinkedHashMap<>();
  private final Map<String, List<Line>> files = new LinkedHashMap<>();

  /** Lines that were truncated away, with the copy that was made of them maybe not yet seen. */
  private final Map<String, List<Line>> truncatedUnseen = new LinkedHashMap<>();

  /** The number of what is in each file; another one after a truncation. */
  private final Map<String, Integer> contents = new LinkedHashMap<>();

  /** All that was ever in a file, line after line. */
  private final Map<Integer, List<Line>> contentLines = new LinkedHashMap<>();

  private String partName = "";
  private String part = "";
  private int fileNumber;
  private int contentNumber;
  private final boolean stamped;

  Logs(
      Path folder,
      Clock clock,
      boolean stamped,
      Supplier<Predicate<Line>> delivered,
      Consumer<String> story) {
    this.folder = folder;
    this.clock = clock;
    this.stamped = stamped;
    this.delivered = delivered;
    this.story = story;
  }

  Map<String, Line> written() {
    return written;
  }

  /** The lines of every content that a file has ever had, whether it is still there or not. */
  Collection<List<Line>> contents() {
    return contentLines.values();
  }

  /** Whether a file still has these lines. */
  boolean isThere(List<Line> content) {
    return files.values().stream().anyMatch(lines -> lines.contains(content.get(0)));
  }

  private List<Line> lines(String name) {
    return files.computeIfAbsent(name, key -> new ArrayList<>());
  }

  private void add(String name, Line line) {
    line.file = contents.computeIfAbsent(name, key -> ++contentNumber);
    contentLines.computeIfAbsent(line.file, key -> new ArrayList<>()).add(line);
    lines(name).add(line);
  }

  private Line line(Random random, String rest, boolean message) {
    String time = stamped ? " t=" + clock.millis() : "";
    var line = new Line(written.size(), random.nextInt(), time + rest, message);
    written.put(line.text, line);
    return line;
  }

  Line message(Random random) {
    return line(random, " message", true);
  }

  void append(Random random, int count) {
    finishPart();
    String name = NAMES.get(random.nextInt(4) / 3);
    story.accept("append " + count + " lines to " + name);
    var text = new StringBuilder();
    for (int i = 0; i < count; i++) {
      Line line = line(random, " " + "x".repeat(random.nextInt(20)), false);
      add(name, line);
      text.append(line.text).append('\n');
    }
    write(name, text.toString());
  }

  /** A line larger than small topics take. */
  void appendLong(Random random, int bytes, boolean poison) {
    finishPart();
    String name = NAMES.get(0);
    Line line = line(random, " " + "y".repeat(bytes), false);
    line.poison = poison;
    story.accept("append a line of " + line.text.length() + " bytes to " + name);
    add(name, line);
    write(name, line.text + "\n");
  }

  /** A device whose clock is years ahead. */
  void appendBadlyStamped(Random random) {
    if (!stamped) {
      append(random, 1);
      return;
    }
    finishPart();
    String name = NAMES.get(0);
    var line = new Line(written.size(), random.nextInt(), " t=2700000000000", false);
    line.poison = true;
    written.put(line.text, line);
    story.accept("append a line of the year 2055 to " + name);
    add(name, line);
    write(name, line.text + "\n");
  }

  void appendPart(Random random) {
    finishPart();
    partName = NAMES.get(random.nextInt(4) / 3);
    Line line = line(random, " in two parts", false);
    int cut = 1 + random.nextInt(line.text.length() - 1);
    while (Character.isLowSurrogate(line.text.charAt(cut)) && cut > 1) {
      cut--;
    }
    story.accept("append half a line to " + partName);
    add(partName, line);
    write(partName, line.text.substring(0, cut));
    part = line.text.substring(cut) + "\n";
  }

  void finishPart() {
    if (!part.isEmpty()) {
      story.accept("append the rest of the line to " + partName);
      write(partName, part);
      part = "";
    }
  }

  /** The program has not noticed the renaming yet. */
  void appendLate(Random random) {
    finishPart();
    String name = NAMES.get(0) + "." + fileNumber;
    if (files.containsKey(name)) {
      story.accept("append late to " + name);
      Line line = line(random, " late", false);
      add(name, line);
      write(name, line.text + "\n");
    }
  }

  void rename() {
    finishPart();
    String log = NAMES.get(0);
    if (files.containsKey(log)) {
      String name = log + "." + ++fileNumber;
      story.accept("rename " + log + " to " + name);
      run(() -> Files.move(folder.resolve(log), folder.resolve(name)));
      List<Line> unseen = truncatedUnseen.remove(log);
      if (unseen != null) {
        truncatedUnseen.put(name, unseen);
      }
      files.put(name, files.remove(log));
      contents.put(name, contents.computeIfAbsent(log, key -> ++contentNumber));
      contents.remove(log);
    }
  }

  void copytruncate(Runnable between) {
    finishPart();
    String log = NAMES.get(0);
    if (files.containsKey(log) && !lines(log).isEmpty()) {
      String name = log + "." + ++fileNumber + ".copy";
      story.accept("copy " + log + " to " + name);
      run(
          () -> {
            Files.copy(
                folder.resolve(log), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            stamp(name);
          });
      between.run();
      story.accept("truncate " + log);
      truncatedUnseen.computeIfAbsent(log, key -> new ArrayList<>()).addAll(lines(log));
      empty(log);
      files.put(name, new ArrayList<>(lines(log)));
      lines(log).clear();
      contents.remove(log);
    }
  }

  void truncate() {
    finishPart();
    String log = NAMES.get(0);
    if (files.containsKey(log)) {
      story.accept("truncate " + log);
      gone(lines(log));
      empty(log);
      lines(log).clear();
      contents.remove(log);
    }
  }

  void delete(Random random) {
    finishPart();
    List<String> names = new ArrayList<>(files.keySet());
    if (!names.isEmpty()) {
      String name = names.get(random.nextInt(names.size()));
      story.accept("delete " + name);
      gone(files.remove(name));
      contents.remove(name);
      // Nothing is left to tell that its copy is a copy.
      truncatedUnseen.getOrDefault(name, List.of()).forEach(line -> line.mayRepeat = true);
      truncatedUnseen.remove(name);
      run(() -> Files.delete(folder.resolve(name)));
    }
  }

  private void gone(List<Line> lines) {
    Predicate<Line> there = delivered.get();
    lines.stream().filter(there.negate()).forEach(line -> line.mayBeMissing = true);
  }

  /** The source has looked at everything and read all. */
  void seen() {
    truncatedUnseen.clear();
  }

  void mayRepeat(String text) {
    Line line = written.get(text);
    if (line != null) {
      line.mayRepeat = true;
    }
  }

  /** Something happened that may bring everything again that was written until now. */
  void allMayRepeat() {
    written.values().forEach(line -> line.mayRepeat = true);
  }

  /**
   * Lines that are in no file any more may be in somebody's channel, who cannot read them again,
   * and whose position for their file is not the one of what is there now.
   */
  void goneMayRepeat() {
    Set<Line> there = new HashSet<>();
    files.values().forEach(there::addAll);
    if (written.values().stream().anyMatch(line -> !line.message && !there.contains(line))) {
      allMayRepeat();
    }
  }

  private void write(String name, String text) {
    run(
        () -> {
          Files.write(
              folder.resolve(name),
              text.getBytes(UTF_8),
              StandardOpenOption.CREATE,
              StandardOpenOption.APPEND);
          stamp(name);
        });
  }

  private void empty(String name) {
    run(
        () -> {
          Files.write(folder.resolve(name), new byte[0], StandardOpenOption.TRUNCATE_EXISTING);
          stamp(name);
        });
  }

  private void stamp(String name) throws IOException {
    Files.setLastModifiedTime(folder.resolve(name), FileTime.fromMillis(clock.agentMillis()));
  }

  private interface Action {
    void run() throws IOException;
  }

  private static void run(Action action) {
    try {
      action.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
