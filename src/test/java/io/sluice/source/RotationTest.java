package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What rotation does to a log, and what it must not do to its lines. */
final class RotationTest {
  private final Path directory;
  @AutoClose private final AgentFixture agent;
  private final LogFixture log;

  RotationTest(@TempDir Path directory) {
    this.directory = directory;
    agent = new AgentFixture(directory);
    log = agent.log();
  }

  @Test
  void aRenamedFileIsNotReadAgain() {
    log.append("a");
    agent.start().settle();
    log.append("b").rotate().append("c");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void aReloadReadsAFileThatWasJustRenamedOnlyOnce() {
    log.append("a", "b");
    agent.start().turn();
    log.renameTo("app.log.1"); // with its lines in the channel, and nobody has seen it
    assertThat(agent.reload().settle().lines()).containsExactly("a", "b");
  }

  @Test
  void aFileRenamedWhileStoppedIsNotReadAgain() {
    log.append("a");
    agent.start().settle().stop();
    log.append("b").rotate().append("c").rotate().append("d");
    assertThat(agent.start().settle().lines()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void aFileRenamedOutOfSightWhileStoppedIsReadToItsEnd() {
    agent.set("paths", log.path().toString());
    log.append("a");
    agent.start().settle().stop();
    log.append("b").rotate().append("c");
    assertThat(agent.start().settle().lines()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void aFileRenamedOutOfSightAfterItWasClosedIsReadToItsEnd() {
    agent.set("paths", log.path().toString()).set("idleTimeout", "1000");
    log.append("a");
    agent.start().settle().wait(Duration.ofSeconds(2)).settle();
    log.append("b").rotate().append("c");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void aRotationRaceDoesNotSetThePositionBackToZero() {
    for (int round = 0; round < 20; round++) {
      log.append("line " + round);
      agent.start().process().deliver(10);
      log.rotate().append("next " + round);
      agent.process().stop();
    }
    assertThat(agent.start().settle().lines()).hasSize(40).doesNotHaveDuplicates();
  }

  @Test
  void anotherFileWithTheSameInodeIsNotSkipped() throws IOException {
    agent.set("paths", directory.resolve("*.log").toString()).set("idleTimeout", "0");
    List<String> expected = new ArrayList<>();
    Set<Object> inodes = new HashSet<>();
    for (int round = 0; round < 30; round++) {
      LogFixture next = new LogFixture(directory.resolve(round + ".log"));
      next.append("first of " + round, "second of " + round);
      expected.addAll(List.of("first of " + round, "second of " + round));
      inodes.add(Files.getAttribute(next.path(), "unix:ino"));
      agent.start().settle().stop();
      next.delete();
    }
    assertThat(agent.lines()).containsExactlyElementsOf(expected);
  }

  @Test
  void filesWithTheSameHeadAreNotMixedUp() {
    String head = "# " + "x".repeat(2_000);
    agent.set("paths", directory.resolve("*.log").toString());
    for (int i = 0; i < 5; i++) {
      new LogFixture(directory.resolve(i + ".log")).append(head, "only in " + i);
    }
    agent.start().settle().restart().settle();
    assertThat(agent.lines()).filteredOn(line -> line.equals(head)).hasSize(5);
    assertThat(agent.lines())
        .contains("only in 0", "only in 1", "only in 2", "only in 3", "only in 4");
    assertThat(agent.lines()).hasSize(10);
  }

  @Test
  void filesUnderOneKibibyteAreRead() {
    agent.set("paths", directory.resolve("*.log").toString());
    new LogFixture(directory.resolve("a.log")).append("a");
    new LogFixture(directory.resolve("b.log")).append("b");
    assertThat(agent.start().settle().lines()).containsExactlyInAnyOrder("a", "b");
  }

  @Test
  void aFileThatGrewPastItsOldSizeAfterATruncationIsReadFromItsBeginning() {
    log.append("a", "b");
    agent.start().settle();
    log.truncate().append("longer than what was there before");
    assertThat(agent.settle().lines())
        .containsExactly("a", "b", "longer than what was there before");
  }

  @Test
  void bytesThatNobodyCanReadAnyMoreLeaveAGapRecord() {
    log.append("a", "b");
    agent.channelOf(1, 1).set("batchSize", "1").start().turn().turn();
    log.append("c", "d");
    agent.turn();
    log.truncate().append("e");
    assertThat(agent.settle().lines())
        .containsExactly(
            "a",
            "b",
            "bytes 4 to 8 of " + log.path() + " were lost before they could be read",
            "e");
  }

  @Test
  void truncationWhileStoppedLeavesAGapRecordWithAnUnknownEnd() {
    log.append("a", "b");
    agent.start().settle().stop();
    log.append("c").truncate().append("e");
    agent.start().settle();
    assertThat(agent.lines())
        .containsExactly(
            "a",
            "b",
            "bytes from 4 on of "
                + log.path()
                + " may be lost: it was truncated or replaced while nobody read it",
            "e");
    assertThat(agent.events().get(2).getHeaders())
        .containsEntry("validation", "invalid")
        .containsEntry("validation.reason", "GAP_IN_FILE");
  }

  @Test
  void anyNumberOfRotationsWhileTheOutputIsBlockedLosesNothing() {
    agent.channelOf(2, 2).set("batchSize", "2");
    agent.start();
    for (int i = 0; i < 5; i++) {
      log.append("a" + i, "b" + i, "c" + i);
      agent.turn();
      log.rotate();
    }
    assertThat(agent.settle().lines()).hasSize(15).doesNotHaveDuplicates();
  }

  @Test
  void aDeletedFileIsReadToItsEnd() {
    agent.channelOf(2, 2).set("batchSize", "2");
    log.append("a", "b", "c", "d", "e");
    agent.start().turn();
    log.delete().append("f");
    agent.wait(Duration.ofMinutes(5));
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "c", "d", "e", "f");
  }

  @Test
  void aFileWithSeveralNamesIsReadOnce() throws IOException {
    log.append("a");
    Files.createLink(directory.resolve("app.log.hard"), log.path());
    Files.createSymbolicLink(directory.resolve("app.log.soft"), log.path());
    agent.start().settle();
    log.append("b");
    assertThat(agent.settle().lines()).containsExactly("a", "b");
  }

  @Test
  void aSymbolicLinkThatIsPointedElsewhereIsFollowed() throws IOException {
    agent.set("paths", log.path().toString());
    Path first = new LogFixture(directory.resolve("2026-11-01.log")).append("a").path();
    Path second = new LogFixture(directory.resolve("2026-11-02.log")).append("b").path();
    Files.createSymbolicLink(log.path(), first);
    agent.start().settle();
    Files.delete(log.path());
    Files.createSymbolicLink(log.path(), second);
    assertThat(agent.settle().lines()).containsExactly("a", "b");
  }
}
