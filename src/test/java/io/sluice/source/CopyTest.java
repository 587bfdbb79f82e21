package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.Guarantee;
import io.sluice.source.files.HeldCopies;
import io.sluice.source.machine.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Contents that stand, or stood, in more than one file: none of their lines is lost or comes twice.
 */
final class CopyTest {
  private final Path directory;
  @AutoClose private final AgentFixture agent;
  private final LogFixture log;
  private final AtomicInteger looks = new AtomicInteger();

  CopyTest(@TempDir Path directory) {
    this.directory = directory;
    agent = new AgentFixture(directory);
    log = agent.log();
  }

  @Test
  void identicalFilesAreBothRead() {
    agent.set("paths", directory.resolve("*.log").toString());
    new LogFixture(directory.resolve("a.log")).append("done");
    new LogFixture(directory.resolve("b.log")).append("done");
    agent.start().settle().wait(Duration.ofSeconds(HeldCopies.SETTLED_SECONDS)).settle();
    assertThat(agent.lines()).containsExactly("done", "done");
  }

  @Test
  void copytruncateLosesNothingAndRepeatsNothing() {
    log.append("a", "b");
    agent.start().settle();
    log.append("c").copytruncate("app.log.1").append("d");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void copytruncateSeenHalfwayRepeatsNothing() {
    log.append("a", "b");
    agent.start().settle();
    log.append("c").copyTo("app.log.1");
    agent.turn();
    log.truncate().append("d");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void copytruncateToANameThatIsNotLookedForIsReadFromTheCopy() {
    agent.set("paths", log.path().toString());
    log.append("a", "b");
    agent.start().settle();
    log.append("c").copytruncate("app.log.1").append("d");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void copytruncateToACompressedCopyIsReadFromIt() {
    agent.set("paths", log.path().toString());
    log.append("a", "b");
    agent.start().settle();
    log.append("c").gzipTo("app.log.1.gz").truncate().append("d");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void copytruncateWhileStoppedLosesNothingAndRepeatsNothing() {
    log.append("a", "b");
    agent.start().settle().stop();
    log.append("c").copytruncate("app.log.1").append("d");
    assertThat(agent.start().settle().lines()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void aFileReplacedByALongerVersionOfItselfGoesOn() throws IOException {
    String first = "x".repeat(1_500);
    log.append(first);
    agent.start().settle();
    log.copyTo("edited");
    new LogFixture(directory.resolve("edited")).append("b");
    Files.move(
        directory.resolve("edited"), log.path(), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    assertThat(agent.settle().lines()).containsExactly(first, "b");
  }

  @Test
  void aCompressedBacklogIsReadAsLines() {
    log.append("a", "b").gzipTo("app.log.1.gz").delete();
    assertThat(agent.start().settle().lines()).containsExactly("a", "b");
  }

  @Test
  void aFileThatIsCompressedAfterItWasShippedIsNotShippedAgain() {
    log.append("a", "b");
    agent.start().settle();
    log.gzipTo("app.log.1.gz").delete().append("c");
    agent.settle().wait(Duration.ofMinutes(3)).settle().restart().settle();
    assertThat(agent.lines()).containsExactly("a", "b", "c");
  }

  @Test
  void aFileThatIsCompressedWhileStoppedIsOnlyReadOnFromItsPosition() {
    log.append("a", "b");
    agent.start().settle().stop();
    log.append("c").gzipTo("app.log.1.gz").delete().append("d");
    assertThat(agent.start().settle().lines()).containsExactlyInAnyOrder("a", "b", "c", "d");
  }

  @Test
  void copytruncateUnderExactlyOnceRepeatsNothingAfterAKill() {
    agent.promising(Guarantee.EXACTLY_ONCE);
    log.append("a", "b");
    agent.start().settle();
    log.copytruncate("app.log.1").append("c");
    agent.settle().kill().start().settle();
    assertThat(agent.lines()).containsExactly("a", "b", "c");
  }

  @Test
  void aCopyOfOneOfManyBusyLogsIsKnownForOne() {
    for (int i = 0; i < 50; i++) {
      other("app.log." + i).append("first of " + i);
    }
    agent.start().settle();
    for (int i = 0; i < 50; i++) {
      other("app.log." + i).append("second of " + i);
    }
    other("app.log.49").copyTo("app.log.copy");
    agent.turn();
    other("app.log.49").truncate();
    assertThat(agent.settle().lines()).hasSize(100).doesNotHaveDuplicates();
  }

  @Test
  void aCopyIsNotReadAgainAfterAKillEvenIfNoLineFollowedAndItsOriginalIsGone() {
    agent.promising(Guarantee.EXACTLY_ONCE);
    log.append("a", "b");
    agent.start().settle();
    log.copytruncate("app.log.1");
    agent.settle();
    log.delete();
    assertThat(agent.kill().start().settle().lines()).containsExactly("a", "b");
  }

  @Test
  void aGapInOneFileDoesNotLoseThePositionOfTheCopyOfAnother() {
    agent.promising(Guarantee.EXACTLY_ONCE).set("batchSize", "1").channelOf(1, 1);
    log.append("a");
    LogFixture cut = other("app.log.0").append("never", "read");
    agent.start().turn();
    log.copytruncate("app.log.1").append("b");
    cut.truncate().append("c");
    agent.settle();
    log.delete();
    agent.kill().start().settle();
    assertThat(agent.lines()).hasSize(4).contains("a", "b", "c").doesNotHaveDuplicates();
    assertThat(agent.lines()).anyMatch(line -> line.startsWith("bytes 0 to 11 "));
  }

  @Test
  void theLinesOfACopyThatAreOnTheirWayAreNotLostWithTheProcess() {
    agent.promising(Guarantee.EXACTLY_ONCE);
    log.append("a", "b");
    agent.start().turn();
    log.copytruncate("app.log.1");
    agent.turn().turn().deliver(1).kill();
    assertThat(agent.start().settle().lines()).containsExactly("a", "b");
  }

  @Test
  void theLinesOfACopyThatAreOnTheirWayAreNotLostUnderAtLeastOnce() {
    log.append("a", "b");
    agent.start().turn();
    log.copytruncate("app.log.1");
    agent.turn().turn().wait(Duration.ofSeconds(3)).turn().kill();
    assertThat(agent.start().settle().lines()).containsExactly("a", "b");
  }

  @Test
  void theLinesOfAnArchiveThatAreOnTheirWayAtAReloadDoNotComeTwice() {
    log.append("a", "b");
    agent.start().turn();
    log.gzipTo("app.log.1.gz").delete();
    agent.turn().wait(Duration.ofMinutes(3)).turn().turn().turn().reload().settle();
    assertThat(agent.lines()).containsExactly("a", "b");
  }

  @Test
  void aCopyIsKnownToKafkaBeforeWhatIsReadAfterTheTruncation() {
    agent.promising(Guarantee.EXACTLY_ONCE);
    log.append("a");
    agent.start().settle();
    log.copytruncate("app.log.1").append("b");
    agent.turn().turn().turn().deliver(1).kill().start().settle();
    assertThat(agent.lines()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void aCopyWhoseOriginalIsTruncatedWhileItIsLookedAtIsNotReadAgain(int look) {
    log.append("a", "b");
    LogFixture copy = other("app.log.1");
    agent.opening(beforeLook(copy, log::truncate)).start().settle();
    log.append("c").copyTo("app.log.1");
    looks.set(look);
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void aCopyOfALogThatIsTruncatedWhileThatIsLookedAtIsNotReadAgain(int look) {
    log.append("a", "b");
    agent.opening(beforeLook(log, log::truncate)).start().settle();
    log.append("c").copyTo("app.log.1");
    looks.set(look);
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
  void aLogCopiedAndTruncatedWhileAnotherTruncationIsLookedIntoIsNotReadAgain(int look) {
    LogFixture other = other("app.log.0").append("x");
    log.append("a");
    agent.opening(beforeLook(other, () -> other.copytruncate("app.log.0.copy"))).start().turn();
    other.append("y");
    log.append("b").copytruncate("app.log.1");
    looks.set(look);
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("x", "y", "a", "b");
  }

  private LogFixture other(String name) {
    return new LogFixture(directory.resolve(name));
  }

  /** Before the last of {@link #looks} at {@code watched} something happens. */
  private Content.Opener beforeLook(LogFixture watched, Runnable event) {
    return path -> {
      Content content = Content.plain(path);
      return path.equals(watched.path()) ? new Watched(content, looks, event) : content;
    };
  }

  private record Watched(Content content, AtomicInteger looks, Runnable event) implements Content {
    @Override
    public int read(byte[] buffer, int at, int length, long offset) throws IOException {
      look();
      return content.read(buffer, at, length, offset);
    }

    @Override
    public long size() throws IOException {
      look();
      return content.size();
    }

    private void look() {
      if (looks.decrementAndGet() == 0) {
        event.run();
      }
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }

  /** It is called otherwise by then, and nobody may wait for it under its old name forever. */
  @Test
  void aFileThatIsRenamedWhileItMayBeACopyIsRead() {
    new LogFixture(directory.resolve("app.log.1")).append("one", "two");
    agent.start().settle();
    log.appendPart("o");
    agent.settle();
    log.append("ther").renameTo("app.log.2");
    assertThat(agent.settle().wait(Duration.ofMinutes(2)).settle().lines())
        .containsExactly("one", "two", "other");
  }
}
