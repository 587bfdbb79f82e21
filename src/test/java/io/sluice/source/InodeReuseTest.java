package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * File systems give the inode of a deleted file to the next new one, often at once. Rotation
 * deletes one file and makes another in the same moment, so that is what happens to copies.
 */
final class InodeReuseTest {
  @TempDir Path directory;
  private LogFixture log;
  private LogFixture old;
  private AgentFixture agent;

  @BeforeEach
  void readTwoFiles() {
    log = new LogFixture(directory.resolve("app.log")).append("a", "b");
    old = new LogFixture(directory.resolve("app.log.1")).append("old");
    agent = new AgentFixture(directory).set("paths", directory + "/*.log*").start().settle();
  }

  @AfterEach
  void stop() {
    agent.stop();
  }

  @Test
  void aCopyUnderTheSameNameIsNotReadAgain() {
    log.append("c");
    copyIntoInodeOf(old);
    log.truncate().append("d");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "old", "c", "d");
  }

  @Test
  void aCopyUnderAnotherNameIsNotReadAgain() {
    log.append("c");
    old.renameTo("app.log.2");
    copyIntoInodeOf(new LogFixture(directory.resolve("app.log.2")));
    log.truncate().append("d");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "old", "c", "d");
  }

  @Test
  void aCopyThatIsSeenBeforeItsOriginalIsTruncatedIsNotReadAgain() {
    log.append("c");
    copyIntoInodeOf(old);
    agent.turn().turn();
    log.truncate().append("d");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "old", "c", "d");
  }

  @Test
  void aCopyOfTheSameLengthAndTimeIsNotReadAgain() throws IOException {
    log.truncate().append("abc");
    agent.settle();
    FileTime time = Files.getLastModifiedTime(old.path());
    copyIntoInodeOf(old);
    log.truncate();
    Files.setLastModifiedTime(old.path(), time);
    Files.setLastModifiedTime(log.path(), time);
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "old", "abc");
  }

  @Test
  void aCopyOfTheSameLengthAndTimeIsFoundHoweverLateItIsLookedFor() throws IOException {
    agent.time.leaveRealTime();
    FileTime time = FileTime.fromMillis(agent.time.epochMillis());
    old.append("x");
    Files.setLastModifiedTime(old.path(), time);
    agent.turn();
    log.append("c");
    copyIntoInodeOf(old);
    Files.setLastModifiedTime(old.path(), time);
    log.truncate();
    agent.wait(Duration.ofMinutes(1));
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "old", "x", "c");
  }

  @Test
  void aCopyMadeWhileStoppedIsNotReadAgain() {
    agent.stop();
    log.append("c");
    copyIntoInodeOf(old);
    log.truncate().append("d");
    assertThat(agent.start().settle().lines()).containsExactlyInAnyOrder("a", "b", "old", "c", "d");
  }

  @Test
  void aCopyMadeWhileStoppedWhoseNameComesFirstIsNotReadAgain() {
    LogFixture first = new LogFixture(directory.resolve("a.log")).append("first");
    agent.settle().stop();
    log.append("c");
    copyIntoInodeOf(first);
    log.truncate().append("d");
    assertThat(agent.start().settle().lines())
        .containsExactlyInAnyOrder("a", "b", "old", "first", "c", "d");
  }

  @Test
  void anotherFileUnderTheSameNameIsReadFromItsBeginning() {
    old.truncate().append("something else");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "old", "something else");
  }

  private void copyIntoInodeOf(LogFixture other) {
    other.truncate().write(log.content());
  }
}
