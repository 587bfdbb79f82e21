package io.sluice.source;

import io.sluice.delivery.Guarantee;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * One random life of a log and an agent: real files and the real source on one side, on the other
 * what must arrive, what may be missing, and what may come twice.
 */
final class RotationModel {
  /** How coarse the time stamps of a file system may be. */
  private static final int[] STAMP_MILLIS = {1, 10, 1_000, 2_000};

  private static final String HEADER = "# every file begins with this line";

  private final Random random;
  private final Path directory;
  private final AgentFixture agent;
  private final LogFixture log;
  private final boolean exactly;
  private final int stampMillis;
  private final Consumer<String> listener;
  private final List<String> story = new ArrayList<>();

  /** Lines of the files that exist, by name. */
  private final Map<String, List<String>> files = new LinkedHashMap<>();

  private final Set<String> written = new HashSet<>();
  private final Set<String> mayBeMissing = new HashSet<>();
  private final Set<String> mayRepeat = new HashSet<>();
  private final Map<String, List<String>> truncatedUnseen = new HashMap<>();
  private String part = "";
  private int lineNumber;
  private int fileNumber;
  private boolean up = true;

  /**
   * @param listener told of every step
   */
  RotationModel(long seed, Path directory, Consumer<String> listener) {
    this.random = new Random(seed);
    this.directory = directory;
    this.listener = listener;
    this.stampMillis = STAMP_MILLIS[random.nextInt(STAMP_MILLIS.length)];
    this.exactly = random.nextInt(3) == 0;
    this.agent =
        new AgentFixture(directory)
            .promising(exactly ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE)
            .set("batchSize", Integer.toString(1 + random.nextInt(8)))
            .set("idleTimeout", Integer.toString(1_000 * (1 + random.nextInt(60))))
            .set("partialLineTimeoutMillis", "0") // a life may last longer
            .channelOf(10, 10);
    this.log = file("app.log");
    agent.time.leaveRealTime();
  }

  private LogFixture file(String name) {
    return new LogFixture(directory.resolve(name)).stampedBy(this::stamp);
  }

  private long stamp() {
    long now = agent.time.epochMillis();
    return now - now % stampMillis;
  }

  /** Lives {@code steps} steps and returns what went wrong, or an empty text. */
  String live(int steps) {
    agent.start();
    for (int i = 0; i < steps; i++) {
      step();
    }
    finishPart();
    if (!up) {
      start();
    }
    for (int i = 0; i < 4; i++) {
      agent.settle().wait(Duration.ofSeconds(HeldCopies.SETTLED_SECONDS)).settle();
    }
    agent.stop();
    return verdict();
  }

  private void step() {
    switch (random.nextInt(26)) {
      case 25 -> settle();
      case 0, 1, 2, 3 -> append(1 + random.nextInt(6));
      case 4 -> appendPart();
      case 5 -> appendLate();
      case 6, 7 -> rename();
      case 8 -> copytruncate();
      case 9 -> truncate();
      case 10 -> delete();
      case 11 -> append(60);
      case 12, 13, 14 -> turn();
      case 15, 16, 17 -> deliver();
      case 18 -> failToDeliver();
      case 19 -> stop();
      case 20 -> kill();
      case 21 -> reload();
      case 22 -> start();
      case 23 -> copytruncateToTheInodeOfAnother();
      default -> pass();
    }
  }

  private List<String> current() {
    return files.computeIfAbsent("app.log", name -> new ArrayList<>());
  }

  private void append(int count) {
    finishPart();
    tell("append " + count);
    List<String> lines = new ArrayList<>();
    if (current().isEmpty() && random.nextBoolean()) {
      lines.add(HEADER);
    }
    for (int i = 0; i < count; i++) {
      lines.add(newLine());
    }
    current().addAll(lines);
    log.append(lines.toArray(String[]::new));
  }

  private String newLine() {
    String line = "line " + lineNumber++ + " " + "x".repeat(random.nextInt(40));
    written.add(line);
    return line;
  }

  private void appendPart() {
    finishPart();
    tell("append a part");
    String line = newLine();
    int cut = 1 + random.nextInt(line.length() - 1);
    current().add(line);
    log.appendPart(line.substring(0, cut));
    part = line.substring(cut);
  }

  private void finishPart() {
    if (!part.isEmpty()) {
      tell("finish the part");
      log.append(part);
      part = "";
    }
  }

  /** The program has not noticed the renaming yet. */
  private void appendLate() {
    String name = "app.log." + fileNumber;
    if (files.containsKey(name) && !name.endsWith("copy")) {
      tell("append late to " + name);
      String line = newLine();
      files.get(name).add(line);
      file(name).append(line);
    }
  }

  private void rename() {
    finishPart();
    if (files.containsKey("app.log")) {
      String name = "app.log." + ++fileNumber;
      tell("rename to " + name);
      log.renameTo(name);
      List<String> unseen = truncatedUnseen.remove("app.log");
      if (unseen != null) {
        truncatedUnseen.put(name, unseen);
      }
      files.put(name, current());
      files.remove("app.log");
    }
  }

  private void copytruncate() {
    finishPart();
    if (hasLines()) {
      String name = "app.log." + ++fileNumber + ".copy";
      tell("copy to " + name);
      log.copyTo(name);
      truncateCopied(name);
    }
  }

  /** As if another file were deleted before, and its inode given to the copy. */
  private void copytruncateToTheInodeOfAnother() {
    finishPart();
    List<String> others = new ArrayList<>(files.keySet());
    others.remove("app.log");
    if (hasLines() && !others.isEmpty()) {
      String other = others.get(random.nextInt(others.size()));
      String name = random.nextBoolean() ? other : "app.log." + ++fileNumber + ".copy";
      tell("copy to " + name + " in place of " + other);
      vanish(other);
      file(other).renameTo(name);
      file(name).truncate().write(log.content());
      truncateCopied(name);
    }
  }

  private boolean hasLines() {
    return files.containsKey("app.log") && !current().isEmpty();
  }

  private void truncateCopied(String copy) {
    if (up && random.nextBoolean()) {
      turn();
    }
    tell("truncate the original");
    truncatedUnseen.computeIfAbsent("app.log", key -> new ArrayList<>()).addAll(current());
    log.truncate();
    files.put(copy, new ArrayList<>(current()));
    current().clear();
  }

  private void truncate() {
    finishPart();
    if (files.containsKey("app.log")) {
      tell("truncate");
      gone(current());
      log.truncate();
      current().clear();
    }
  }

  private void delete() {
    finishPart();
    List<String> names = new ArrayList<>(files.keySet());
    if (!names.isEmpty()) {
      String name = names.get(random.nextInt(names.size()));
      tell("delete " + name);
      vanish(name);
      file(name).delete();
    }
  }

  private void vanish(String name) {
    gone(files.remove(name));
    // Nothing is left to tell that its copy is a copy.
    mayRepeat.addAll(truncatedUnseen.getOrDefault(name, List.of()));
    truncatedUnseen.remove(name);
  }

  private void gone(List<String> lines) {
    Set<String> delivered = new HashSet<>(agent.lines());
    lines.stream().filter(line -> !delivered.contains(line)).forEach(mayBeMissing::add);
  }

  private void turn() {
    if (up) {
      tell("turn");
      agent.turn();
    }
  }

  private void settle() {
    if (up) {
      tell("settle");
      agent.settle();
      truncatedUnseen.clear();
    }
  }

  private void deliver() {
    if (up) {
      int most = 1 + random.nextInt(10);
      tell("deliver " + most);
      agent.deliver(most);
    }
  }

  private void failToDeliver() {
    if (up) {
      tell("fail to deliver");
      agent.failToDeliver(1 + random.nextInt(10));
    }
  }

  private void pass() {
    tell("let 4 seconds pass");
    agent.wait(Duration.ofSeconds(4));
  }

  private void stop() {
    if (up) {
      tell("stop");
      agent.stop().kill();
      up = false;
    }
  }

  private void kill() {
    if (up) {
      tell("kill");
      if (!exactly) {
        mayRepeat.addAll(agent.lines());
      }
      agent.kill();
      up = false;
    }
  }

  private void reload() {
    if (up) {
      tell("reload");
      agent.reload();
    }
  }

  private void start() {
    if (!up) {
      tell("start");
      agent.start();
      up = true;
    }
  }

  private void tell(String event) {
    story.add(event);
    listener.accept(event);
  }

  private String verdict() {
    Map<String, Integer> counts = new HashMap<>();
    agent.lines().forEach(line -> counts.merge(line, 1, Integer::sum));
    var wrong = new ArrayList<String>();
    for (String line : written) {
      int count = counts.getOrDefault(line, 0);
      if (count == 0 && !mayBeMissing.contains(line)) {
        wrong.add("lost: " + line);
      }
      if (count > 1 && !mayRepeat.contains(line)) {
        wrong.add(count + " times: " + line);
      }
    }
    for (String line : counts.keySet()) {
      boolean known =
          written.contains(line)
              || line.equals(HEADER)
              || (line.startsWith("bytes ") && line.contains(" lost"));
      if (!known) {
        wrong.add("never written: " + line);
      }
    }
    return wrong.isEmpty()
        ? ""
        : String.join("\n", wrong) + "\nafter " + (exactly ? "(exactly once) " : "") + story;
  }

  static void clear(Path directory) {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
