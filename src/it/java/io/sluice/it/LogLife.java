package io.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The random life of some logs in one folder: appended to, sometimes half a line at first, rotated
 * by renaming and by copytruncate, and deleted when they are drained. No line is written twice.
 */
final class LogLife {
  private static final int LOGS = 4;
  private static final int MOST_LINES = 300;

  private final Path folder;
  private final Random random;
  private final List<LogFile> logs = new ArrayList<>();

  /** What is still to be written of a line, by log. */
  private final Map<LogFile, String> halves = new LinkedHashMap<>();

  /** Renamed logs and copies. */
  private final List<Path> old = new ArrayList<>();

  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private int written;

  LogLife(Path folder, Random random) {
    this.folder = folder;
    this.random = random;
    for (int i = 0; i < LOGS; i++) {
      logs.add(new LogFile(folder.resolve("app" + i + ".log")));
    }
  }

  /** Does something to one of the logs. */
  void act() {
    LogFile log = logs.get(random.nextInt(LOGS));
    boolean exists = Files.exists(log.path());
    int kind = random.nextInt(10);
    if (exists && kind == 0) {
      finishLine(log);
      log.rename(oldName(log, "renamed"));
    } else if (exists && kind == 1) {
      finishLine(log);
      log.copytruncate(oldName(log, "copied"));
    } else {
      append(log);
    }
  }

  /** Writes to each log, so that whoever has these lines has looked at each since before. */
  void appendToAll() {
    logs.forEach(this::append);
    finishLines();
  }

  /** Writes what is still missing of lines. */
  void finishLines() {
    logs.forEach(this::finishLine);
  }

  /** Deletes some of the files; every line must have arrived. */
  void deleteDrained() {
    old.removeIf(this::maybeDelete);
    logs.forEach(log -> maybeDelete(log.path()));
  }

  /** Every line of all logs, without terminators. */
  List<byte[]> lines() {
    return logs.stream().flatMap(log -> log.lines().stream()).toList();
  }

  @Override
  public String toString() {
    return "lines=" + written + " " + counts;
  }

  private void append(LogFile log) {
    finishLine(log);
    int first = written;
    written += 1 + random.nextInt(MOST_LINES);
    log.appendReadings(first, written);
    count("append");
    if (random.nextInt(4) == 0) {
      String line = "reading " + written + " value=" + written % 30;
      written++;
      int cut = 1 + random.nextInt(line.length());
      byte[] half = line.substring(0, cut).getBytes(StandardCharsets.UTF_8);
      log.append(half, List.of(line.getBytes(StandardCharsets.UTF_8)));
      halves.put(log, line.substring(cut) + "\n");
      count("half");
    }
  }

  private void finishLine(LogFile log) {
    String rest = halves.remove(log);
    if (rest != null) {
      log.append(rest.getBytes(StandardCharsets.UTF_8), List.of());
    }
  }

  private Path oldName(LogFile log, String how) {
    Path name = folder.resolve(log.path().getFileName() + "." + how + count(how));
    old.add(name);
    return name;
  }

  private boolean maybeDelete(Path file) {
    if (random.nextBoolean()) {
      return false;
    }
    try {
      if (Files.deleteIfExists(file)) {
        count("deleted");
      }
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private int count(String what) {
    return counts.merge(what, 1, Integer::sum);
  }
}
