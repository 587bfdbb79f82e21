package io.sluice.source;

import static io.sluice.source.Dimension.*;
import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.delivery.Guarantee;
import io.sluice.source.machine.Archives;
import io.sluice.source.machine.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * One random life of logs and an agent: real files and the real source on one side, on the other
 * what must arrive. Each step draws from its own random numbers, so that a life can be told without
 * some of them.
 */
final class RotationModel {
  /** How coarse the time stamps of a file system may be. */
  private static final int[] STAMP_MILLIS = {1, 10, 1_000, 2_000};

  private static final String HEADER = "# every file begins with this line";
  private static final int LONGEST_LINE = 64;
  private static final Duration PARTIAL_TIMEOUT = Duration.ofSeconds(20);

  /** So often positions are written. */
  private static final Duration WRITE_INTERVAL = Duration.ofSeconds(3);

  /** So long after a rotation a program may write to its old file. */
  private static final Duration LATE = Duration.ofSeconds(10);

  /** A file of which more was read is known by its content. */
  private static final int DISTINCT_BYTES = 1_100;

  private final long seed;
  private final Set<Dimension> with;
  private final Path directory;
  private final Path folder;
  private final Random random;
  private final AgentFixture agent;
  private final boolean exactly;
  private final boolean rotatedInSight;
  private final int stampMillis;
  private final Consumer<String> listener;
  private final Archives archives;
  private final Expected expected = new Expected();
  private final List<Step> steps = new ArrayList<>();
  private final List<ModelLog> logs = new ArrayList<>();
  private final List<ModelFile> rotated = new ArrayList<>();

  /** Files that appear together and vanish together. */
  private final List<ModelFile> many = new ArrayList<>();

  private int weights;
  private int lineNumber;
  private int fileNumber;
  private boolean up = true;
  private boolean looked;
  private long lookedNanos;
  private boolean failing;
  private int slow;

  private record Step(String name, int weight, Runnable action) {}

  /**
   * @param listener receives every step
   */
  RotationModel(long seed, Path directory, Set<Dimension> allowed, Consumer<String> listener) {
    this.seed = seed;
    this.random = new Random(mixed(seed, -1));
    this.directory = directory;
    this.folder = directory.resolve("logs");
    this.listener = listener;
    this.with = Dimension.consistent(allowed);
    this.stampMillis = STAMP_MILLIS[random.nextInt(STAMP_MILLIS.length)];
    this.exactly = random.nextInt(3) == 0;
    this.rotatedInSight =
        !with.contains(OUT_OF_SIGHT) && !(with.contains(LINKS) && random.nextBoolean());
    this.agent =
        new AgentFixture(directory)
            .promising(exactly ? Guarantee.EXACTLY_ONCE : Guarantee.AT_LEAST_ONCE)
            .set("batchSize", Integer.toString(1 + random.nextInt(8)))
            .set("idleTimeout", Integer.toString(1_000 * (1 + random.nextInt(60))))
            .set("partialLineTimeoutMillis", "0") // a life may last longer
            .channelOf(10, 10)
            .opening(this::open);
    agent.time.leaveRealTime();
    archives = new Archives(agent.time);
    layOut();
    declareSteps();
  }

  private void layOut() {
    run(() -> Files.createDirectories(folder));
    int count = with.contains(SEVERAL_LOGS) || with.contains(GROUPS) ? 2 + random.nextInt(3) : 1;
    Path watched = folder;
    boolean toFiles = with.contains(LINKS) && !rotatedInSight;
    if (with.contains(LINKS) && rotatedInSight) {
      watched = directory.resolve("current");
      Path link = watched;
      run(() -> Files.createSymbolicLink(link, folder));
    } else if (toFiles) {
      watched = directory.resolve("links");
    }
    String tail = rotatedInSight ? "*" : "";
    agent.set("paths", watched + "/*.log" + tail);
    if (with.contains(GROUPS)) {
      agent.unset("paths");
    }
    var groups = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      String base = i == 0 ? "app" : "app" + (char) ('a' + i);
      String group = "g" + i;
      var log =
          new ModelLog(
              base,
              group,
              with.contains(CRLF_AT_THE_BOUND) ? "\r\n" : "\n",
              with.contains(HOLES),
              with.contains(PREALLOCATED));
      log.path = folder.resolve(log.name());
      logs.add(log);
      if (toFiles) {
        link(log);
      }
      if (with.contains(GROUPS)) {
        groups.add(group);
        agent
            .set(
                "filegroups." + group,
                watched + "/" + base + "(-\\d+)?\\.log" + (rotatedInSight ? ".*" : ""))
            .set("headers." + group + ".group", group);
      }
    }
    if (with.contains(GROUPS)) {
      agent.set("filegroups", String.join(" ", groups));
    }
    if (with.contains(PARTIAL_TIMEOUTS)) {
      agent.set("partialLineTimeoutMillis", Long.toString(PARTIAL_TIMEOUT.toMillis()));
    }
    if (with.contains(MULTILINE)) {
      agent.set("multiline.start", "^(line|#)");
    }
    if (with.contains(CRLF_AT_THE_BOUND)) {
      agent.set("maxLineBytes", Integer.toString(LONGEST_LINE)).set("longLines", "split");
    }
    if (with.contains(START_AT_END)) {
      agent.set("startAt", "end");
    }
    if (with.contains(OLD_FILES)) {
      agent.set("ignoreOlderThan", "3600000");
    }
    if (with.contains(POSITIONS_INSIDE)) {
      agent.set("positionFile", folder.resolve("positions.log").toString());
    }
  }

  /** A link to the log, perhaps by way of another one. */
  private void link(ModelLog log) {
    run(
        () -> {
          Files.createDirectories(directory.resolve("links"));
          Path target = log.path;
          if (random.nextBoolean()) {
            target = Files.createSymbolicLink(directory.resolve("chain-" + ++fileNumber), target);
          }
          Path link = directory.resolve("links/.new");
          Files.createSymbolicLink(link, target);
          Files.move(
              link, directory.resolve("links/" + log.name()), StandardCopyOption.ATOMIC_MOVE);
        });
  }

  private void declareSteps() {
    declare("append lines", 4, () -> append(log(), 1 + random.nextInt(6)));
    declare("append many lines", 1, () -> append(log(), 60));
    declare("append a part", 1, this::appendPart);
    declare("append late", 1, this::appendLate);
    declare("rename", 2, () -> rename(log()));
    declare("copy and truncate", 1, this::copytruncate);
    declare("copy to an inode of another, and truncate", 1, this::copytruncateToTheInodeOfAnother);
    declare("truncate", 1, this::truncate);
    declare("delete", 1, this::delete);
    declare("turn", 3, this::turn);
    declare("deliver", 3, this::deliver);
    declare("fail to deliver", 1, this::failToDeliver);
    declare("settle", 1, this::settle);
    declare("stop", 1, this::stop);
    declare("kill", 1, this::kill);
    declare("reload", 1, this::reload);
    declare("start", 1, this::start);
    declare("let 4 seconds pass", 2, () -> agent.wait(Duration.ofSeconds(4)));
    declare(GZIP, "compress", 3, () -> compress(false));
    declare(GZIP, "compress slowly", 2, () -> compress(true));
    declare(GZIP, "finish an archive", 3, this::finishArchive);
    declare(GZIP, "leave an archive unfinished", 1, this::leaveArchive);
    declare(MEMBERS, "make an archive", 1, this::makeArchive);
    declare(MEMBERS, "append to an archive", 2, this::appendMember);
    declare(FAILING_OPENS, "opens fail from now on", 1, this::fail);
    declare(FAILING_OPENS, "opens work again", 1, () -> failing = false);
    declare(SLOW_OPENS, "the next open takes a minute", 2, () -> slow = 1);
    declare(FOLDER_AWAY, "the folder is away", 2, this::folderAway);
    declare(LINKS, "make a dangling link", 1, this::dangle);
    declare(LINKS, "switch a link", 2, this::switchLink);
    declare(EQUAL_CONTENTS, "make equal files", 2, this::equalFiles);
    declare(OLD_FILES, "make an old file", 1, this::oldFile);
    declare(MANY_DELETIONS, "make many files", 1, () -> strays(40));
    declare(MANY_DELETIONS, "delete many files", 1, this::deleteMany);
    declare(DEVICES, "device numbers change", 2, this::changeDevices);
    declare(REPLACED, "replace by a longer version", 2, this::replace);
    declare(MOVED, "copy and delete", 2, this::copyAndDelete);
    declare(ODD_NAMES, "make a file of an odd name", 1, this::oddFile);
  }

  private void declare(Dimension dimension, String name, int weight, Runnable action) {
    if (with.contains(dimension)) {
      declare(name, weight, action);
    }
  }

  private void declare(String name, int weight, Runnable action) {
    steps.add(new Step(name, weight, action));
    weights += weight;
  }

  /**
   * Lives the steps of which the numbers answer to {@code lived} and returns what went wrong, or an
   * empty text.
   */
  String live(int count, IntPredicate lived) {
    if (with.contains(START_AT_END)) {
      begin();
    }
    agent.start();
    if (with.contains(START_AT_END)) {
      turn();
    }
    for (int i = 0; i < count; i++) {
      random.setSeed(mixed(seed, i));
      int at = random.nextInt(weights);
      if (lived.test(i)) {
        for (Step step : steps) {
          at -= step.weight();
          if (at < 0) {
            tell(step.name());
            step.action().run();
            break;
          }
        }
      }
    }
    end();
    List<String> wrong = expected.check(agent.events());
    return wrong.isEmpty()
        ? ""
        : String.join("\n", wrong.subList(0, Math.min(8, wrong.size())))
            + (exactly ? "\nexactly once, with " : "\nwith ")
            + with;
  }

  /** Seeds that follow each other would begin with the same random numbers. */
  static long mixed(long seed, int step) {
    return new SplittableRandom(seed * 1_000 + step).nextLong();
  }

  private void end() {
    failing = false;
    slow = 0;
    logs.forEach(this::finishPart);
    start();
    for (int i = 0; i < 4; i++) {
      agent.settle().wait(Duration.ofSeconds(5)).settle();
    }
    if (with.contains(SLOW_OPENS)) {
      agent.wait(Duration.ofSeconds(60)).settle();
    }
    if (with.contains(GZIP) || with.contains(MEMBERS)) {
      agent.wait(Duration.ofMinutes(3)).settle();
    }
    agent.stop();
  }

  private Content open(Path path) throws IOException {
    if (failing && random.nextBoolean()) {
      throw new IOException("Too many open files");
    }
    if (slow > 0) {
      slow--;
      agent.time.pass(Duration.ofSeconds(60));
    }
    return archives.open(path);
  }

  private long stamp() {
    long now = agent.time.epochMillis();
    return now - now % stampMillis;
  }

  private ModelLog log() {
    return logs.get(random.nextInt(logs.size()));
  }

  private ModelFile file(ModelLog log) {
    if (log.file == null) {
      log.file = new ModelFile(log, log.path, this::stamp);
    }
    return log.file;
  }

  /** What is there at the first start, and left out. */
  private void begin() {
    for (ModelLog log : logs) {
      var old = new ArrayList<>(List.of("old 1 of " + log.base, "old 2 of " + log.base));
      for (int i = random.nextInt(30); i > 0; i--) {
        old.add("old and older " + i + " of " + log.base);
      }
      file(log).addLines(old);
      expected.mustNotArrive(old);
      if (rotatedInSight && random.nextBoolean()) {
        run(() -> rotated.add(log.file.copyTo(sibling(log, ".save"))));
      }
    }
  }

  private void append(ModelLog log, int count) {
    finishPart(log);
    List<String> lines = new ArrayList<>();
    if (file(log).lines.isEmpty()) {
      if (with.contains(BANNERS)) {
        for (int i = 0; i < 20; i++) {
          lines.add("# " + i + " of the banner of every program " + "=".repeat(20));
        }
      } else if (random.nextBoolean() && !with.contains(MULTILINE)) {
        lines.add(HEADER);
      }
      lines.forEach(expected::shared);
    }
    for (int i = 0; i < count; i++) {
      lines.add(newLine(log));
    }
    file(log).addLines(lines);
  }

  private String newLine(ModelLog log) {
    int number = lineNumber++;
    String line = "line " + number + " " + "x".repeat(random.nextInt(40));
    if (with.contains(ALIKE_LINES)) {
      line = "line %08d ".formatted(number) + "x".repeat(70);
    } else if (with.contains(CRLF_AT_THE_BOUND) && random.nextInt(3) == 0) {
      line = line + "x".repeat(LONGEST_LINE - line.length());
    } else if (with.contains(MULTILINE)) {
      for (int i = random.nextInt(4); i > 0; i--) {
        line = line + "\n  at " + number + "." + i;
      }
    }
    if (with.contains(GROUPS)) {
      expected.written(line, log.group);
    } else {
      expected.written(line);
    }
    return line;
  }

  private void appendPart() {
    ModelLog log = log();
    finishPart(log);
    String line = newLine(log);
    int cut = 1 + random.nextInt(line.length() - 1);
    if (line.charAt(cut - 1) == '\n') {
      cut++; // up to there it is a whole line, and may be the last of its record
    }
    file(log).lines.add(line);
    file(log).add(line.substring(0, cut));
    log.part = line.substring(cut);
    log.partLine = line;
    log.partNanos = agent.time.nanos();
  }

  private void finishPart(ModelLog log) {
    if (!log.partLine.isEmpty()) {
      tell("(finish the part)");
      file(log).add(log.part + log.terminator);
      boolean timedOut = agent.time.nanos() - log.partNanos >= PARTIAL_TIMEOUT.toNanos();
      if (with.contains(PARTIAL_TIMEOUTS) && timedOut) {
        int cut = log.partLine.length() - log.part.length();
        expected.mayBeSplit(log.partLine, log.partLine.substring(0, cut), log.part);
      }
      log.part = "";
      log.partLine = "";
    }
  }

  /** The program has not noticed the rotation yet. */
  private void appendLate() {
    for (ModelFile file : rotated) {
      boolean soon = agent.time.nanos() - file.renamedNanos < LATE.toNanos();
      boolean late = file.renamedNanos > 0 && file.unfinished == null && !file.archive;
      if (late && (file.inSight || (soon && file.isSeen()))) {
        tell("(to " + file + ")");
        file.addLines(List.of(newLine(file.log)));
        return;
      }
    }
  }

  private void rename(ModelLog log) {
    finishPart(log);
    if (log.file != null) {
      ModelFile file = log.file;
      Path to = sibling(log, "");
      tell("(to " + to.getFileName() + ")");
      run(() -> Files.move(file.path, to));
      file.path = to;
      file.renamedNanos = agent.time.nanos();
      leave(log);
    }
  }

  /** The log's file is no longer the log. */
  private void leave(ModelLog log) {
    ModelFile file = log.file;
    outOfSight(file, !rotatedInSight);
    rotated.add(file);
    log.file = null;
  }

  /** What the agent never saw of a file that is out of sight now, it cannot look for. */
  private void outOfSight(ModelFile file, boolean out) {
    if (out) {
      file.inSight = false;
      if (!file.isSeen()) {
        missed(file);
      }
    }
  }

  private void missed(ModelFile file) {
    expected.explainGaps();
    if (up && looked && !failing && file.log.known) {
      expected.mayBeGap(undelivered(file.lines));
    } else {
      expected.mayBeMissing(undelivered(file.lines));
    }
  }

  private Path sibling(ModelLog log, String more) {
    String name = log.name() + "." + ++log.rotations + more;
    boolean odd = with.contains(ODD_NAMES) && random.nextBoolean();
    return log.path.resolveSibling(OddNames.of(odd ? name + "~" : name));
  }

  private void copytruncate() {
    ModelLog log = log();
    finishPart(log);
    if (hasLines(log)) {
      Path to = sibling(log, ".copy");
      tell("(to " + to.getFileName() + ")");
      run(() -> truncateCopied(log, log.file.copyTo(to)));
    }
  }

  /** As if another file were deleted before, and its inode given to the copy. */
  private void copytruncateToTheInodeOfAnother() {
    ModelLog log = log();
    finishPart(log);
    List<ModelFile> others = rotated.stream().filter(file -> file.unfinished == null).toList();
    if (hasLines(log) && !others.isEmpty()) {
      ModelFile other = others.get(random.nextInt(others.size()));
      boolean named = random.nextBoolean() && !other.archive;
      // Whose name is another group's is of that group.
      boolean fits =
          (other.log == log || !with.contains(GROUPS))
              && other.path.getParent().equals(log.path.getParent());
      Path to = named && fits ? other.path : sibling(log, ".copy");
      tell("(to " + to.getFileName() + ", the inode of " + other + ")");
      if (Collections.indexOfSubList(log.file.lines, other.lines) == 0) {
        expected.mayRepeat(log.file.lines); // As if the other had grown.
      }
      if (with.contains(BANNERS) && undelivered(other.lines).containsAll(own(other))) {
        expected.mayRepeat(log.file.lines); // Of both only the banner was read: it goes on there.
      }
      vanish(other);
      run(
          () -> {
            if (!to.equals(other.path)) {
              Files.move(other.path, to);
            }
            truncateCopied(log, log.file.copyTo(to));
          });
    }
  }

  private List<String> own(ModelFile file) {
    return file.lines.stream().filter(expected::isOwn).toList();
  }

  private boolean hasLines(ModelLog log) {
    return log.file != null && !log.file.lines.isEmpty();
  }

  private void truncateCopied(ModelLog log, ModelFile copy) throws IOException {
    expected.explainGaps();
    if (up && random.nextBoolean()) {
      turn();
    }
    ModelFile before = log.file;
    if (failing) {
      expected.mayRepeat(before.lines);
    }
    copy.seenNanos = before.seenNanos;
    log.known &=
        before.isSeen()
            && before.truncatedUnseen.isEmpty(); // A copy of what nobody saw is not known for one.
    outOfSight(copy, !rotatedInSight && before.isSeen());
    if (!rotatedInSight && !before.isSeen()) {
      outOfSight(copy, true);
    }
    copy.seenLines = before.seenLines;
    rotated.add(copy);
    log.file = before.truncate();
    log.file.truncatedUnseen.addAll(before.lines);
  }

  private void truncate() {
    ModelLog log = log();
    finishPart(log);
    if (log.file != null) {
      gone(log.file);
      if (with.contains(BANNERS) && undelivered(log.file.lines).containsAll(own(log.file))) {
        files().forEach(file -> expected.mayRepeat(file.lines)); // Any of them may be its copy.
      }
      run(() -> log.file = log.file.truncate());
    }
  }

  private void delete() {
    logs.forEach(this::finishPart);
    List<ModelFile> files = files();
    if (!files.isEmpty()) {
      delete(files.get(random.nextInt(files.size())));
    }
  }

  private void delete(ModelFile file) {
    tell("(" + file + ")");
    vanish(file);
    run(
        () -> {
          Files.delete(file.path);
          if (file.unfinished != null) {
            Files.delete(file.unfinished);
          }
        });
  }

  private List<ModelFile> files() {
    var files = new ArrayList<>(rotated);
    logs.stream().map(log -> log.file).filter(file -> file != null).forEach(files::add);
    return files;
  }

  private void vanish(ModelFile file) {
    gone(file);
    // Nothing is left to tell that its copy is a copy.
    expected.mayRepeat(file.truncatedUnseen);
    rotated.remove(file);
    if (file.log.file == file) {
      file.log.file = null;
      file.log.known = false;
    }
  }

  private void gone(ModelFile file) {
    expected.explainGaps();
    expected.mayBeMissing(undelivered(file.lines));
  }

  private List<String> undelivered(List<String> lines) {
    Set<String> delivered = new HashSet<>(agent.lines());
    return lines.stream().filter(line -> !delivered.contains(line)).toList();
  }

  /** Whether so much of the file was read that it is known by its content. */
  private boolean isDistinct(ModelFile file) {
    Set<String> delivered = new HashSet<>(agent.lines());
    int read = file.lines.stream().filter(delivered::contains).mapToInt(String::length).sum();
    return read >= DISTINCT_BYTES;
  }

  private void compress(boolean slowly) {
    List<ModelFile> plain =
        rotated.stream().filter(file -> !file.archive && file.unfinished == null).toList();
    if (!plain.isEmpty()) {
      ModelFile file = plain.get(random.nextInt(plain.size()));
      String suffix = slowly && random.nextBoolean() ? ".tmp" : ".gz";
      file.unfinished = file.path.resolveSibling(OddNames.plus(file.path.getFileName(), suffix));
      tell("(" + file + suffix + ")");
      if (slowly) {
        byte[] all = zip(content(file.path));
        run(() -> Files.write(file.unfinished, Arrays.copyOf(all, 1 + random.nextInt(all.length))));
      } else {
        finish(file);
      }
    }
  }

  private void finishArchive() {
    unfinished().ifPresent(this::finish);
  }

  private Optional<ModelFile> unfinished() {
    return rotated.stream().filter(file -> file.unfinished != null).findFirst();
  }

  private void finish(ModelFile file) {
    tell("(" + file + " is compressed)");
    Path archive = file.path.resolveSibling(OddNames.plus(file.path.getFileName(), ".gz"));
    run(
        () -> {
          Files.write(file.unfinished, zip(content(file.path)));
          if (up && random.nextInt(3) == 0) {
            turn();
          }
          if (!archive.equals(file.unfinished)) {
            Files.move(file.unfinished, archive);
          }
          if (up && random.nextInt(3) == 0) {
            turn();
          }
          Files.delete(file.path);
        });
    expected.mayRepeat(file.truncatedUnseen);
    if (!file.inSight) {
      missed(file);
    }
    file.path = archive;
    file.unfinished = null;
    file.archive = true;
    run(() -> file.stamp(0));
  }

  private void leaveArchive() {
    unfinished()
        .ifPresent(
            file -> {
              vanish(file);
              run(() -> Files.delete(file.path));
            });
  }

  private static byte[] zip(byte[] content) {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static byte[] content(Path path) {
    try {
      return Files.readAllBytes(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void makeArchive() {
    ModelLog log = log();
    if (rotatedInSight) {
      var file = new ModelFile(log, sibling(log, ".members.gz"), this::stamp);
      file.archive = true;
      addMember(file);
      rotated.add(file);
    }
  }

  private void appendMember() {
    rotated.stream()
        .filter(file -> file.archive && file.inSight && file.unfinished == null)
        .filter(file -> file.toString().contains(".members"))
        .reduce((first, second) -> second)
        .ifPresent(this::addMember);
  }

  private void addMember(ModelFile file) {
    tell("(" + file + ")");
    List<String> lines = List.of(newLine(file.log), newLine(file.log));
    file.lines.addAll(lines);
    byte[] member =
        zip((String.join(file.log.terminator, lines) + file.log.terminator).getBytes(ISO_8859_1));
    run(
        () -> {
          Files.write(file.path, member, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          file.stamp(0);
        });
  }

  private void folderAway() {
    if (with.contains(LINKS)) {
      return;
    }
    logs.forEach(this::finishPart);
    expected.explainGaps();
    files().forEach(file -> expected.mayRepeat(file.truncatedUnseen));
    // What is gone, and comes back under a name that is not looked for, is not found again.
    files().stream()
        .filter(file -> !file.inSight)
        .forEach(
            file -> {
              expected.mayBeMissing(undelivered(file.lines));
              file.seenLines = 0;
            });
    Path away = directory.resolve("away");
    run(() -> Files.move(folder, away));
    for (int i = random.nextInt(4); i > 0; i--) {
      switch (random.nextInt(4)) {
        case 0 -> {
          stop();
          start();
        }
        case 1 -> agent.wait(Duration.ofSeconds(4));
        default -> lookWithoutSeeing();
      }
    }
    run(() -> Files.move(away, folder));
  }

  private void lookWithoutSeeing() {
    if (up) {
      tell("(turn)");
      agent.turn();
    }
  }

  private void dangle() {
    Path where = random.nextBoolean() ? folder : directory.resolve("links");
    Path link = where.resolve("dangling-" + ++fileNumber + ".log");
    run(
        () -> {
          Files.createDirectories(where);
          Files.createSymbolicLink(link, random.nextBoolean() ? Path.of("nowhere") : link);
        });
  }

  private void switchLink() {
    ModelLog log = log();
    if (!rotatedInSight) {
      finishPart(log);
      Path to = directory.resolve("pods-" + ++fileNumber).resolve(log.name());
      tell("(to " + to + ")");
      run(() -> Files.createDirectories(to.getParent()));
      if (log.file != null) {
        leave(log);
      }
      log.path = to;
      log.known = false; // Nobody has looked there yet.
      link(log);
    }
  }

  private void equalFiles() {
    ModelLog log = log();
    List<String> lines = new ArrayList<>();
    for (int i = 1 + random.nextInt(2); i > 0; i--) {
      lines.add(newLine(log));
    }
    int count = 2 + random.nextInt(random.nextInt(4) == 0 ? 30 : 4);
    for (int i = 0; i < count; i++) {
      stray(log).addLines(lines);
      if (i > 0) {
        lines.forEach(expected::written);
      }
    }
  }

  private ModelFile stray(ModelLog log) {
    Path where = with.contains(LINKS) && !rotatedInSight ? directory.resolve("links") : folder;
    return new ModelFile(log, where.resolve(log.base + "-" + ++fileNumber + ".log"), this::stamp);
  }

  private void oldFile() {
    ModelLog log = log();
    List<String> lines = List.of("old " + ++lineNumber);
    expected.mustNotArrive(lines);
    ModelFile file = stray(log).addLines(lines);
    run(() -> file.stamp(Duration.ofHours(2).toMillis()));
  }

  private void strays(int count) {
    for (int i = 0; i < count; i++) {
      ModelLog log = log();
      ModelFile file = stray(log);
      file.addLines(List.of(newLine(log)));
      many.add(file);
    }
  }

  private void deleteMany() {
    many.forEach(this::delete);
    many.clear();
  }

  private void oddFile() {
    ModelLog log = log();
    ModelFile file = stray(log);
    file.path = file.path.resolveSibling(OddNames.of(log.base + "-" + ++fileNumber + "~.log"));
    file.addLines(List.of(newLine(log)));
    if (with.contains(GROUPS)) {
      expected.mayBeMissing(file.lines); // the groups' patterns know no such name
    }
  }

  private void changeDevices() {
    if (!up) {
      files().stream()
          .filter(file -> !isDistinct(file))
          .forEach(file -> expected.mayRepeat(file.lines));
      agent.changeDevices();
      expected.explainGaps();
    }
  }

  private void replace() {
    ModelLog log = log();
    finishPart(log);
    if (hasLines(log)) {
      ModelFile before = log.file;
      if (!isDistinct(before)) {
        expected.mayRepeat(before.lines);
      }
      expected.mayRepeat(before.truncatedUnseen);
      expected.explainGaps();
      run(
          () -> {
            ModelFile edited = before.copyTo(log.path.resolveSibling(".edited"));
            edited.addLines(List.of(newLine(log), newLine(log)));
            Files.move(edited.path, log.path, StandardCopyOption.ATOMIC_MOVE);
            edited.path = log.path;
            log.file = edited;
          });
    }
  }

  private void copyAndDelete() {
    ModelLog log = log();
    finishPart(log);
    if (hasLines(log)) {
      Path to = sibling(log, "");
      tell("(to " + to.getFileName() + ")");
      ModelFile before = log.file;
      if (!isDistinct(before)) {
        expected.mayRepeat(before.lines);
      }
      expected.mayRepeat(before.truncatedUnseen);
      expected.explainGaps();
      run(
          () -> {
            ModelFile moved = before.copyTo(to);
            Files.delete(before.path);
            moved.seenLines = before.seenLines;
            log.file = moved;
          });
      if (!rotatedInSight) {
        missed(log.file);
      }
      leave(log);
    }
  }

  private void turn() {
    if (up) {
      tell("(turn)");
      agent.turn();
      look();
    }
  }

  /** What may be a copy, and cannot be looked into, is taken for another file in the end. */
  private void fail() {
    failing = true;
    files().forEach(file -> expected.mayRepeat(file.truncatedUnseen));
  }

  /** The agent has looked at everything in sight. */
  private void look() {
    looked = true;
    lookedNanos = agent.time.nanos();
    if (!failing && !with.contains(SLOW_OPENS)) {
      files().stream().filter(file -> file.inSight).forEach(file -> file.seen(lookedNanos));
      logs.forEach(log -> log.known = hasLines(log));
    }
  }

  private void settle() {
    if (up) {
      agent.settle();
      look();
      if (!failing && !with.contains(SLOW_OPENS)) {
        files().forEach(file -> file.truncatedUnseen.clear());
      }
    }
  }

  private void deliver() {
    if (up) {
      agent.deliver(1 + random.nextInt(10));
    }
  }

  private void failToDeliver() {
    if (up) {
      agent.failToDeliver(1 + random.nextInt(10));
    }
  }

  private void stop() {
    if (up) {
      agent.stop().kill();
      end(true);
      up = false;
    }
  }

  private void kill() {
    if (up) {
      if (!exactly) {
        expected.mayRepeat(agent.lines());
      }
      agent.kill();
      end(false);
      up = false;
    }
  }

  /** The next run knows no file again of which no position was written. */
  private void end(boolean clean) {
    expected.processEnds();
    Set<String> delivered = new HashSet<>(agent.lines());
    for (ModelFile file : files()) {
      boolean written =
          exactly
              ? file.lines.stream()
                  .anyMatch(line -> expected.isOwn(line) && delivered.contains(line))
              : clean || lookedNanos - file.seenNanos > WRITE_INTERVAL.toNanos();
      if (file.isSeen() && !written) {
        file.seenLines = 0;
        if (!file.inSight) {
          expected.explainGaps();
          expected.mayBeMissing(undelivered(file.lines));
        }
      }
    }
  }

  private void reload() {
    if (up) {
      agent.reload();
      end(true);
      looked = false;
    }
  }

  private void start() {
    if (!up) {
      agent.start();
      up = true;
      looked = false;
    }
  }

  private void tell(String event) {
    listener.accept(event);
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
