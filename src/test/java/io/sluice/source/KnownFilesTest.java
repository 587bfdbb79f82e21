package io.sluice.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.Guarantee;
import io.sluice.source.machine.Archives;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How a file is known again where names, links, errors and haste make that hard. Each row of
 * docs/rotation.md that rests on it has its test here or in {@link RotationTest} and {@link
 * CopyTest}.
 */
final class KnownFilesTest {
  private final Path directory;
  @AutoClose private final AgentFixture agent;
  private final Archives unpacking;
  private final LogFixture log;

  KnownFilesTest(@TempDir Path directory) {
    this.directory = directory;
    agent = new AgentFixture(directory);
    unpacking = new Archives(agent.time);
    log = agent.log();
  }

  private LogFixture other(String name) {
    return new LogFixture(directory.resolve(name));
  }

  /** Lines of one length that end alike. */
  private static String[] lines(int from, int to) {
    var lines = new ArrayList<String>();
    for (int i = from; i < to; i++) {
      lines.add("%08d ".formatted(i) + "x".repeat(70));
    }
    return lines.toArray(String[]::new);
  }

  private void expect(String... lines) {
    assertThat(agent.lines()).containsExactlyInAnyOrder(lines);
  }

  private static String[] and(String[] some, String... more) {
    var all = new ArrayList<>(List.of(some));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  @Test
  void aDanglingLinkHidesNoCopy() throws IOException {
    agent.set("paths", log.path().toString());
    for (int i = 0; i < 50; i++) { // readdir has its own order: one of them comes before the copy
      Files.createSymbolicLink(directory.resolve("link" + i), directory.resolve("nowhere"));
    }
    log.append("a", "b");
    agent.start().settle();
    log.append("c").copytruncate("app.log.1").append("d");
    agent.settle();
    expect("a", "b", "c", "d");
  }

  @Test
  void aDanglingLinkHidesNoRenamedFile() throws IOException {
    agent.set("paths", log.path().toString());
    for (int i = 0; i < 50; i++) {
      Files.createSymbolicLink(directory.resolve("link" + i), directory.resolve("nowhere"));
    }
    log.append("a");
    agent.start().settle().stop();
    log.append("b").rotate().append("c");
    agent.start().settle();
    expect("a", "b", "c");
  }

  @Test
  void theHeadGrowsWithAFileThatWasFirstSeenShort() throws IOException {
    log.append("f".repeat(100));
    agent.start().settle();
    log.append(lines(0, 100));
    agent.settle().stop();
    assertThat(directory.resolve("state/positions.json")).content().contains("\"headLength\":1024");
  }

  @Test
  void aFileFirstSeenShortThatIsReplacedByALongerVersionGoesOn() throws IOException {
    log.append("f".repeat(100));
    agent.start().settle();
    log.append(lines(0, 100));
    agent.settle();
    log.copyTo("edited");
    other("edited").append("b");
    Files.move(directory.resolve("edited"), log.path(), StandardCopyOption.REPLACE_EXISTING);
    agent.settle().wait(Duration.ofSeconds(6)).settle();
    expect(and(lines(0, 100), "f".repeat(100), "b"));
  }

  @Test
  void aFileThatCannotBeOpenedOnceIsNotReadAnew() {
    var opens = new AtomicInteger(1_000);
    agent.opening(
        path -> {
          if (path.equals(log.path()) && opens.decrementAndGet() == 0) {
            throw new IOException("Too many open files");
          }
          return unpacking.open(path);
        });
    log.append(lines(0, 30));
    agent.start().settle().stop();
    opens.set(2); // the first identifies the file, the second asks whether it is known
    agent.restart().settle();
    expect(lines(0, 30));
  }

  @Test
  void twoRotationsBetweenTwoLooksLoseNothing() {
    agent.set("paths", log.path().toString());
    log.append("a");
    agent.start().settle();
    log.append("b").rotate().append("c").rotate().append("d");
    agent.settle();
    expect("a", "b", "c", "d");
  }

  @Test
  void linesThatEndAlikeAreNotSkippedAfterATruncation() {
    agent.channelOf(10, 10).set("batchSize", "10");
    log.append(lines(0, 30));
    agent.start().turn().turn().turn();
    log.copytruncate("app.log.1").append(lines(30, 70));
    agent.settle();
    expect(lines(0, 70));
  }

  @Test
  void aCopyOutOfSightKeepsItsGroup() {
    agent
        .unset("paths")
        .set("filegroups", "f1 f2")
        .set("filegroups.f1", directory.resolve("a.log").toString())
        .set("filegroups.f2", directory.resolve("b.log").toString())
        .set("headers.f1.topic", "access")
        .set("headers.f2.topic", "audit");
    other("a.log").append("a");
    other("b.log").append("b");
    agent.start().settle();
    other("b.log").append("late").copytruncate("b.log.1");
    agent.settle();
    assertThat(agent.events())
        .filteredOn(event -> new String(event.getBody(), ISO_8859_1).equals("late"))
        .allSatisfy(event -> assertThat(event.getHeaders()).containsEntry("topic", "audit"));
  }

  @Test
  void startAtEndLeavesOutACopyToo() {
    agent.set("startAt", "end");
    log.append("old 1", "old 2").copyTo("app.log.save");
    agent.start().settle().wait(Duration.ofSeconds(6)).settle();
    assertThat(agent.lines()).isEmpty();
  }

  @Test
  void oneSlowScanDoesNotHoldUpTheNext() {
    var slow = new AtomicInteger();
    agent.opening(
        path -> {
          if (slow.getAndSet(0) == 1) {
            agent.time.pass(Duration.ofSeconds(60));
          }
          return unpacking.open(path);
        });
    log.append("a");
    agent.start().settle();
    slow.set(1);
    other("app.log.new").append("b");
    agent.settle();
    other("app.log.newer").append("c");
    for (int i = 0; i < 60; i++) {
      agent.turn().deliver(10);
    }
    expect("a", "b", "c");
  }

  @Test
  void aFileMovedFromAnotherFileSystemIsNotReadAgain() {
    log.append(lines(0, 100));
    agent.start().settle();
    log.copyTo("app.log.1").delete();
    agent.settle().wait(Duration.ofSeconds(6)).settle();
    expect(lines(0, 100));
  }

  @Test
  void aCopyOfOneOfManyLogsWithTheSameFirstLineIsKnownForOne() {
    String banner = "  .   ____          _            __ _ _   :: Spring Boot ::  (v3.3.0) =====";
    for (int i = 10; i < 40; i++) {
      other("app.log." + i).append(banner);
    }
    agent.start().settle();
    for (int i = 10; i < 40; i++) {
      other("app.log." + i).append("first of " + i);
    }
    agent.settle().wait(Duration.ofSeconds(6)).settle();
    other("app.log.39").copyTo("app.log.39.copy");
    agent.turn();
    other("app.log.39").truncate();
    agent.settle();
    assertThat(agent.lines()).filteredOn(line -> line.equals("first of 39")).hasSize(1);
  }

  @Test
  void unreadBytesOfADeletedFileLeaveAGapRecord() {
    agent.time.leaveRealTime();
    agent.channelOf(1, 1).set("batchSize", "1");
    LogFixture mine = log.stampedBy(agent.time::epochMillis).append("a");
    agent.start().settle().wait(Duration.ofMinutes(3)).settle().settle();
    other("app.log.0").stampedBy(agent.time::epochMillis).append("x", "y");
    agent.turn().turn();
    mine.append("b");
    agent.turn(); // notices the bytes
    mine.delete();
    agent.deliver(1).process().deliver(1).process().deliver(1).process(); // cannot read them
    agent.settle();
    assertThat(agent.lines()).anyMatch(line -> line.startsWith("bytes 2 to 4 "));
  }

  @Test
  void ownPositionsAreNotRead() {
    agent
        .set("paths", directory + "/**")
        .set("positionFile", directory.resolve("positions.json").toString());
    log.append("a");
    agent.start();
    for (int i = 0; i < 60; i++) {
      agent.turn().deliver(10_000);
    }
    expect("a");
  }

  @Test
  void theFileHeaderIsTheNameUnderWhichTheLineWasRead() {
    agent.set("fileHeader", "true");
    log.append("a");
    agent.start().turn();
    log.rotate();
    agent.turn().deliver(10);
    assertThat(agent.events().get(0).getHeaders()).containsEntry("file", log.path().toString());
  }

  @Test
  void aNameThatIsNoTextIsRead() throws Exception {
    agent.set("paths", directory + "/*.log");
    Process shell =
        new ProcessBuilder("bash", "-c", "echo latin > $'b\\xfc.log'")
            .directory(directory.toFile())
            .start();
    assertThat(shell.waitFor()).isZero();
    agent.start().settle();
    expect("latin");
  }

  @Test
  void aCompressedFileOutOfSightIsReadOnInItsArchive() {
    agent.set("paths", directory + "/*.log");
    log.append(lines(0, 20));
    agent.start().settle().stop();
    log.append(lines(20, 30)).gzipTo("app.log.1.gz").delete().append(lines(30, 32));
    agent.start().settle();
    expect(lines(0, 32));
  }

  @Test
  void aFileThatWasRotatedAndDeletedWhileStoppedLeavesAGapRecord() {
    agent.set("paths", log.path().toString());
    log.append("a");
    agent.start().settle().stop();
    log.append("b").renameTo("gone");
    other("gone").delete();
    log.append("c");
    agent.start().settle();
    assertThat(agent.lines()).contains("a", "c").anyMatch(line -> line.contains("may be lost"));
  }

  @Test
  void aRenamedFileThatIsWrittenLateIsReadOnHoweverLongItWasIdle() {
    agent.set("paths", directory + "/*.log");
    for (int i = 0; i < 500; i++) {
      other("idle" + i + ".log").append("first of " + i);
    }
    agent.start().settle().wait(Duration.ofMinutes(5)).settle();
    for (int i = 0; i < 500; i++) {
      other("idle" + i + ".log").renameTo("idle" + i + ".log.1");
    }
    agent.settle();
    for (int i = 0; i < 500; i++) {
      other("idle" + i + ".log.1").append("late of " + i);
    }
    agent.settle();
    assertThat(agent.lines()).hasSize(1_000).doesNotHaveDuplicates();
  }

  @Test
  void theFirstStartIsOverEvenIfNothingWasDelivered() {
    agent.promising(Guarantee.EXACTLY_ONCE).set("startAt", "end");
    agent.start().settle().kill();
    log.append("new");
    agent.start().settle();
    expect("new");
  }

  @Test
  void positionsAndTheirLockAreNobodyElsesBusiness() throws IOException {
    log.append("a");
    agent.start().settle().stop();
    assertThat(
            PosixFilePermissions.toString(
                Files.getPosixFilePermissions(directory.resolve("state/positions.json"))))
        .isEqualTo("rw-r-----");
  }

  @Test
  void aNameThatIsNoTextKeepsItsPosition() throws Exception {
    agent.set("paths", directory + "/*.log");
    var odd = new LogFixture(Path.of(URI.create(directory.toUri() + "b%FC.log"))).append("a");
    agent.start().settle();
    odd.append("b").rotate();
    agent.restart().settle();
    expect("a", "b");
  }

  @Test
  void unreadLinesOfAFileThatCannotBeReadShow() throws Exception {
    var failing = new AtomicInteger();
    agent.opening(
        path -> {
          if (failing.get() > 0 && path.equals(log.path())) {
            throw new IOException("Permission denied");
          }
          return unpacking.open(path);
        });
    agent.time.leaveRealTime();
    LogFixture mine = log.stampedBy(agent.time::epochMillis).append("a");
    agent.start().settle().wait(Duration.ofMinutes(5)).settle();
    failing.set(1);
    mine.append("b");
    agent.settle();
    assertThat(figure("UnreadableFileCount")).isEqualTo(1L);
    assertThat(figure("LagBytes")).isEqualTo(2L);
    failing.set(0);
    agent.settle();
    assertThat(figure("UnreadableFileCount")).isEqualTo(0L);
    expect("a", "b");
  }

  @Test
  void positionsThatCannotBeWrittenAreCounted() throws Exception {
    // A folder with something in it is where the positions are written aside.
    Files.createDirectories(directory.resolve("state/positions.json.new/full"));
    log.append("a");
    agent.start().settle();
    assertThat((Long) figure("GenericProcessingFail")).isPositive();
    expect("a");
  }

  private static Object figure(String name) throws JMException {
    return ManagementFactory.getPlatformMBeanServer()
        .getAttribute(new ObjectName("org.apache.flume.source:type=tail"), name);
  }

  @Test
  void thousandsOfDeletionsListTheirFolderOnce() {
    agent.set("paths", directory + "/*.log");
    for (int i = 0; i < 3_000; i++) {
      other("many" + i + ".log").append("line of " + i);
    }
    agent.start().settle().wait(Duration.ofMinutes(5)).settle();
    for (int i = 0; i < 3_000; i++) {
      other("many" + i + ".log").delete();
    }
    agent.settle();
    assertThat(agent.lines()).hasSize(3_000).doesNotHaveDuplicates();
  }

  @Test
  void aFileReplacedByALongerVersionWhileStoppedGoesOn() throws IOException {
    log.append(lines(0, 100));
    agent.start().settle().stop();
    log.copyTo("edited");
    other("edited").append("b");
    Files.move(directory.resolve("edited"), log.path(), StandardCopyOption.REPLACE_EXISTING);
    agent.start().settle();
    expect(and(lines(0, 100), "b"));
  }
}
