package io.sluice.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.source.lines.LineReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import javax.management.JMException;
import javax.management.ObjectName;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Lines that are not there yet, and NULs where no program has written. */
final class HalfWrittenTest {
  @AutoClose private final AgentFixture agent;
  private final LogFixture log;

  HalfWrittenTest(@TempDir Path directory) {
    agent = new AgentFixture(directory);
    log = agent.log();
  }

  @Test
  void anEventWaitsForTheLineFeedOfItsLastLine() {
    agent.set("multiline.start", "^\\d");
    log.append("1").appendPart(" a");
    agent.start().settle().wait(Duration.ofSeconds(5)).settle();
    assertThat(agent.lines()).isEmpty();
    log.append("b");
    assertThat(agent.settle().lines()).containsExactly("1\n ab");
  }

  @Test
  void anEventWithoutItsLastLineFeedIsShippedAfterTheTimeoutOfAHalfLine() {
    agent.set("multiline.start", "^\\d");
    log.append("1").appendPart(" a");
    agent.start().settle().wait(Duration.ofMinutes(2)).settle();
    assertThat(agent.lines()).containsExactly("1\n a");
  }

  @Test
  void aHalfLineThatStartsAnEventIsNotPartOfTheOneBefore() {
    agent.set("multiline.start", "^\\d");
    log.append("1", " a").appendPart("2");
    agent.start().settle().wait(Duration.ofMinutes(2)).settle();
    assertThat(agent.lines()).containsExactly("1\n a", "2");
  }

  @Test
  void aLineOfTheLongestLengthWithACarriageReturnIsNotSplit() {
    agent.set("maxLineBytes", "64").set("longLines", "split");
    log.appendPart("x".repeat(64) + "\r");
    agent.start().settle();
    log.appendPart("\n" + "y".repeat(128) + "\r\nnext\r\n");
    assertThat(agent.settle().lines())
        .containsExactly("x".repeat(64), "y".repeat(64), "y".repeat(64), "next");
  }

  @Test
  void linesInAPreallocatedFileAreReadAsTheyAreFilledIn() throws IOException {
    try (var program = new RandomAccessFile(log.path().toFile(), "rw")) {
      program.setLength(3 * LineReader.BLOCK_BYTES);
      agent.start().settle();
      for (String line : new String[] {"a", "b", "c"}) {
        program.write((line + "\n").getBytes(ISO_8859_1));
        agent.settle().restart().settle();
      }
      assertThat(agent.lines()).containsExactly("a", "b", "c");
      program.setLength(program.getFilePointer());
    }
    log.rotate().append("d");
    assertThat(agent.settle().lines()).containsExactly("a", "b", "c", "d");
  }

  @Test
  void theFirstLineBehindAHoleIsRead() throws IOException {
    agent.set("maxLineBytes", "1000");
    try (var program = new RandomAccessFile(log.path().toFile(), "rw")) { // without O_APPEND
      program.write(("a".repeat(900) + "\nb\n").getBytes(ISO_8859_1));
      agent.start().settle();
      log.copytruncate("app.log.1");
      program.write("c\nd\n".getBytes(ISO_8859_1));
      assertThat(agent.settle().lines()).containsExactly("a".repeat(900), "b", "c", "d");
      assertThat(holeBytes()).isEqualTo(903L);
      assertThat(agent.restart().settle().lines()).hasSize(4);
    }
  }

  private static Object holeBytes() {
    try {
      return ManagementFactory.getPlatformMBeanServer()
          .getAttribute(new ObjectName("org.apache.flume.source:type=tail"), "HoleByteCount");
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aHoleOfManyBlocksCostsNoLine() throws IOException {
    log.append("a");
    agent.set("batchSize", "1").start().settle();
    try (var program = new RandomAccessFile(log.path().toFile(), "rw")) {
      program.seek(3 * LineReader.BLOCK_BYTES + 100);
      program.write("b\nc\n".getBytes(ISO_8859_1));
    }
    assertThat(agent.settle().lines()).containsExactly("a", "b", "c");
  }

  @Test
  void zerosInUtf16AreText() throws IOException {
    agent.set("charset", "UTF-16LE");
    log.write("a\nb\n".getBytes(UTF_16LE));
    agent.start().settle();
    log.write("c\n".getBytes(UTF_16LE));
    assertThat(agent.settle().lines()).containsExactly("a", "b", "c");
  }

  @Test
  void fewZerosInALineAreText() {
    log.append("a\0b", "\0\0c", "d\0\0");
    assertThat(agent.start().settle().lines()).containsExactly("a\0b", "\0\0c", "d\0\0");
  }
}
