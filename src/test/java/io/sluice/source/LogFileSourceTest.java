package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.source.lines.LineReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LogFileSourceTest {
  private final Path directory;
  @AutoClose private final AgentFixture agent;
  private final LogFixture log;

  LogFileSourceTest(@TempDir Path directory) {
    this.directory = directory;
    agent = new AgentFixture(directory);
    log = agent.log();
  }

  @Test
  void shipsEachLineOnceInOrder() {
    log.append("a", "b", "c");
    agent.start().settle();
    log.append("d");
    assertThat(agent.settle().lines()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void keepsEveryByteButTheTerminator() {
    byte[] odd = LogFixture.bytes(0xC3, 0x28, 0x00, 0xFF, '\r', 'x', '\n', '\n', '\r', '\n');
    log.append("Grüße").write(odd);
    agent.start().settle();
    assertThat(agent.events().stream().map(event -> event.getBody()))
        .containsExactly(
            "Grüße".getBytes(StandardCharsets.ISO_8859_1),
            LogFixture.bytes(0xC3, 0x28, 0x00, 0xFF, '\r', 'x'),
            new byte[0],
            new byte[0]);
  }

  @Test
  void waitsForTheRestOfALine() {
    log.append("whole").appendPart("ha");
    assertThat(agent.start().settle().lines()).containsExactly("whole");
    log.appendPart("lf\n");
    assertThat(agent.settle().lines()).containsExactly("whole", "half");
  }

  @Test
  void goesOnAfterARestartWhereItWas() {
    log.append("a", "b");
    agent.start().settle().stop();
    log.append("c");
    assertThat(agent.start().settle().lines()).containsExactly("a", "b", "c");
  }

  @Test
  void sendsAgainWhatWasNotDeliveredWhenTheProcessDies() {
    log.append("a", "b", "c");
    agent.start().turn().deliver(1);
    agent.wait(java.time.Duration.ofSeconds(3)).turn();
    agent.kill().start().settle();
    assertThat(agent.lines()).containsExactly("a", "b", "c");
  }

  @Test
  void sendsTheSameEventsAgainWhileTheChannelIsFull() {
    agent.channelOf(2, 2).set("batchSize", "2");
    log.append("a", "b", "c", "d", "e");
    agent.start().turn().turn().turn().turn().deliver(2);
    assertThat(agent.settle().lines()).containsExactly("a", "b", "c", "d", "e");
  }

  @Test
  void staysWithinTheChannelsTransactionCapacity() {
    agent.channelOf(100, 100);
    for (int i = 0; i < 250; i++) {
      log.append("line " + i);
    }
    assertThat(agent.start().settle().lines()).hasSize(250).doesNotHaveDuplicates();
  }

  @Test
  void readsLinesLongerThanItsBuffer() {
    String big = "x".repeat(3 * LineReader.BLOCK_BYTES + 5);
    log.append("a", big, "b");
    assertThat(agent.start().settle().lines()).containsExactly("a", big, "b");
  }

  @Test
  void movesPositionsItselfWhenNoSinkOfOursDrainsTheChannel() {
    log.append("a", "b");
    agent.withoutOurSink().start().turn().stop();
    log.append("c");
    agent.start().settle();
    assertThat(agent.lines()).containsExactly("a", "b", "c");
  }

  @Test
  void dropsNothingAndRepeatsNothingOverAReload() {
    log.append("a", "b", "c");
    agent.start().turn().deliver(1).reload().settle();
    assertThat(agent.lines()).containsExactly("a", "b", "c");
  }

  @Test
  void startsAtTheEndOnlyOfFilesThatWereThereBefore() {
    log.append("old");
    agent.set("startAt", "end").start().settle();
    log.append("new");
    new LogFixture(directory.resolve("app.log.other")).append("other");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("new", "other");
  }

  @Test
  void startsAtTheEndWithTheNextWholeLine() {
    log.append("old").appendPart("begun bef");
    agent.set("startAt", "end").start().settle();
    log.appendPart("ore the sta");
    agent.settle().wait(java.time.Duration.ofMinutes(10)).settle();
    log.append("rt", "new").appendPart("half");
    agent.settle();
    log.append(" a line");
    assertThat(agent.settle().lines()).containsExactly("new", "half a line");
  }

  @Test
  void startsAtTheEndWithTheNextWholeLineOfWideCharacters() {
    log.write("old\nbegun".getBytes(StandardCharsets.UTF_16LE));
    agent.set("startAt", "end").set("charset", "UTF-16LE").start().settle();
    log.write(" before\nnew\n".getBytes(StandardCharsets.UTF_16LE));
    assertThat(agent.settle().lines()).containsExactly("new");
  }

  @Test
  void aSkippedLineIsNotSkippedTwice() {
    log.append("old").appendPart("begun");
    agent.set("startAt", "end").start().settle();
    log.append(" before the start");
    agent.settle().restart();
    log.append("new");
    assertThat(agent.settle().lines()).containsExactly("new");
  }
}
