package io.sluice.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.Guarantee;
import io.sluice.source.machine.Archives;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.apache.commons.compress.compressors.CompressorException;
import org.apache.commons.compress.compressors.CompressorStreamFactory;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compressed files: what is read from the inside, when, and how often. */
final class ArchiveTest {
  private final Path directory;
  @AutoClose private final AgentFixture agent;
  private final LogFixture log;

  ArchiveTest(@TempDir Path directory) {
    this.directory = directory;
    agent = new AgentFixture(directory);
    log = agent.log();
  }

  private static String[] lines(int from, int to) {
    var lines = new String[to - from];
    Arrays.setAll(lines, i -> "%08d ".formatted(from + i) + Integer.toHexString((from + i) * 7919));
    return lines;
  }

  private static byte[] packed(String format, String... lines) {
    var bytes = new ByteArrayOutputStream();
    try (OutputStream out =
        new CompressorStreamFactory().createCompressorOutputStream(format, bytes)) {
      out.write((String.join("\n", lines) + "\n").getBytes(ISO_8859_1));
    } catch (IOException | CompressorException e) {
      throw new IllegalStateException(e);
    }
    return bytes.toByteArray();
  }

  private void append(String name, byte[] bytes) throws IOException {
    Files.write(
        directory.resolve(name), bytes, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }

  @ParameterizedTest
  @CsvSource({
    "gz, app.log.1.gz",
    "bzip2, app.log.1.bz2",
    "xz, app.log.1.xz",
    "zstd, app.log.1.zst"
  })
  void linesAreReadFromArchivesOfEveryFormat(String format, String name) throws IOException {
    append(name, packed(format, lines(0, 500)));
    assertThat(agent.start().settle().lines()).containsExactly(lines(0, 500));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bzip2", "xz", "zstd"})
  void whatWasNotReadOfAFileIsReadFromItsArchiveUnderAnyName(String format) throws IOException {
    log.append(lines(0, 200));
    agent.start().settle().stop();
    log.append(lines(200, 300));
    byte[] bytes = packed(format, lines(0, 300));
    log.delete();
    append("app.log.1.tmp", bytes);
    agent.start().settle().wait(Duration.ofMinutes(3)).settle();
    assertThat(agent.lines()).containsExactly(lines(0, 300));
  }

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bzip2", "xz", "zstd"})
  void anArchiveBeingWrittenIsReadOnceWhateverPartOfItIsThere(String format) throws IOException {
    log.append(lines(0, 300));
    agent.start().settle();
    log.renameTo("app.log.1");
    agent.settle();
    byte[] bytes = packed(format, lines(0, 300));
    int size = bytes.length;
    for (int part = 0; part < 10; part++) {
      append("app.log.1.gz", Arrays.copyOfRange(bytes, size * part / 10, size * (part + 1) / 10));
      agent.turn().turn().deliver(1_000);
      if (part == 5) {
        Files.delete(directory.resolve("app.log.1"));
        agent.restart();
      }
    }
    agent.settle().wait(Duration.ofMinutes(3)).settle();
    assertThat(agent.lines()).containsExactly(lines(0, 300));
  }

  /** logrotate makes the copy, truncates, and has compressed the copy before anybody looks. */
  @ParameterizedTest
  @CsvSource({"AT_LEAST_ONCE, false", "EXACTLY_ONCE, false", "EXACTLY_ONCE, true"})
  void theArchiveOfACopyThatNobodySawIsKnown(Guarantee guarantee, boolean killed)
      throws IOException {
    agent.promising(guarantee);
    log.append(lines(0, 300));
    agent.start().settle();
    log.truncate();
    agent.turn();
    append("app.log.1.gz", packed("gz", lines(0, 300)));
    agent.settle().wait(Duration.ofSeconds(10)).settle();
    if (killed) {
      agent.kill().start();
    }
    log.append("after");
    agent.settle().wait(Duration.ofMinutes(3)).settle();
    String[] all = Arrays.copyOf(lines(0, 300), 301);
    all[300] = "after";
    assertThat(agent.lines()).containsExactly(all);
  }

  @Test
  void theSameLinesWrittenAgainAfterATruncationAreReadAgain() {
    log.append(lines(0, 300));
    agent.start().settle();
    log.truncate();
    agent.turn();
    log.append(lines(0, 300));
    agent.settle().wait(Duration.ofMinutes(3)).settle();
    assertThat(agent.lines()).hasSize(600);
  }

  /** Whenever the agent looks: each bit of {@code looks} is one look between two steps. */
  @ParameterizedTest
  @ValueSource(ints = {0, 5, 12, 600, -4})
  void aFileCopiedTruncatedAndCompressedIsReadOnce(int part) throws IOException {
    byte[] bytes = packed("gz", lines(0, 300));
    int written = part < 0 ? bytes.length + part : Math.min(part, bytes.length);
    for (int looks = 0; looks < 64; looks++) {
      Path folder = Files.createDirectory(directory.resolve("looks" + looks));
      try (var looking = new AgentFixture(folder)) {
        LogFixture original = looking.log().append(lines(0, 300));
        looking.start().settle();
        List<Action> steps =
            List.of(
                () -> original.copyTo("app.log.1"),
                original::truncate,
                () -> Files.write(folder.resolve("app.log.1.gz"), Arrays.copyOf(bytes, written)),
                () -> Files.write(folder.resolve("app.log.1.gz"), bytes),
                () -> Files.delete(folder.resolve("app.log.1")),
                () -> original.append("after"));
        for (int i = 0; i < steps.size(); i++) {
          steps.get(i).run();
          if ((looks >> i & 1) == 1) {
            looking.turn().turn().deliver(1_000);
          }
        }
        looking.settle().wait(Duration.ofMinutes(3)).settle();
        assertThat(looking.lines())
            .as("looks %s", Integer.toBinaryString(looks))
            .containsExactlyInAnyOrderElementsOf(
                Stream.concat(Arrays.stream(lines(0, 300)), Stream.of("after")).toList());
      }
    }
  }

  private interface Action {
    void run() throws IOException;
  }

  @Test
  void anArchiveThatGrowsByAMemberIsReadOn() throws IOException {
    append("app.log.gz", packed("gz", "a"));
    agent.start().settle().wait(Duration.ofSeconds(30)).settle();
    append("app.log.gz", packed("gz", "b"));
    agent.settle().wait(Duration.ofMinutes(10)).settle();
    assertThat(agent.lines()).containsExactly("a", "b");
  }

  @ParameterizedTest
  @ValueSource(strings = {"\004\"M\030 lz4", "\037\235 compress", "PK\003\004 zip"})
  void anArchiveThatCannotBeReadIsNoText(String content) throws IOException {
    append("app.log.1", (content + "\nx\n").getBytes(ISO_8859_1));
    log.append("a");
    assertThat(agent.start().settle().wait(Duration.ofSeconds(10)).settle().lines())
        .containsExactly("a");
  }

  @Test
  void aDamagedArchiveIsReadUpToTheDamage() throws IOException {
    byte[] bytes = packed("gz", lines(0, 100_000));
    Arrays.fill(bytes, bytes.length / 2, bytes.length / 2 + 100, (byte) 0xFF);
    append("app.log.1.gz", bytes);
    log.append("a");
    agent.start().settle();
    assertThat(agent.lines()).contains("a", "00000000 0").hasSizeLessThan(100_000);
  }

  @Test
  void anArchiveIsUnpackedOnlyOnceHoweverOftenItIsAsked() throws IOException {
    log.append(lines(0, 20_000));
    agent.start().settle();
    log.gzipTo("app.log.1.gz");
    var read = new AtomicLong();
    var archives = new Archives(agent.time);
    agent.opening(path -> new Counted(archives.open(path), read));
    agent.settle();
    long once = read.get();
    for (int i = 0; i < 50; i++) {
      agent.settle();
    }
    // Asked for heads and anchors only, and those are kept.
    assertThat(read.get() - once).isLessThan(5_000_000);
    assertThat(agent.lines()).hasSize(20_000);
  }

  private record Counted(io.sluice.source.machine.Content content, AtomicLong bytes)
      implements io.sluice.source.machine.Content {
    @Override
    public int read(byte[] buffer, int at, int length, long offset) throws IOException {
      int count = content.read(buffer, at, length, offset);
      bytes.addAndGet(count);
      return count;
    }

    @Override
    public long size() throws IOException {
      return content.size();
    }

    @Override
    public long dataSize() throws IOException {
      return content.dataSize();
    }

    @Override
    public boolean isArchive() {
      return content.isArchive();
    }

    @Override
    public void close() throws IOException {
      content.close();
    }
  }
}
