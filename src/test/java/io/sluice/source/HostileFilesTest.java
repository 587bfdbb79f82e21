package io.sluice.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.source.machine.Content;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.flume.Event;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files made by somebody who means harm. */
final class HostileFilesTest {
  private static final int FUZZED = Boolean.getBoolean("sluice.soak") ? 50_000 : 150;
  private static final String NAME = "a\nERROR all is lost\r\u001b[31m\"'\\{}\u202e%s{} .log";

  @TempDir Path directory;
  private AgentFixture agent;

  @BeforeEach
  void layOut() {
    agent = new AgentFixture(directory).set("paths", directory.resolve("logs/**.log").toString());
  }

  @AfterEach
  void stop() {
    agent.stop();
  }

  private LogFixture log(String name) {
    return new LogFixture(directory.resolve(name));
  }

  private Path link(String name, Path target) throws IOException {
    Path link = directory.resolve(name);
    Files.createDirectories(link.getParent());
    return Files.createSymbolicLink(link, target);
  }

  @Test
  void aFileOfAnyNameIsReadAndItsPositionKept() throws IOException {
    agent.set("fileHeader", "true");
    LogFixture log = log("logs/" + NAME).append("a");
    agent.start().settle();
    agent.restart().settle();
    log.append("b");

    assertThat(agent.settle().lines()).containsExactly("a", "b");

    assertThat(agent.events())
        .extracting(Event::getHeaders)
        .allSatisfy(headers -> assertThat(headers.get("file")).endsWith("/logs/" + NAME));
    assertThat(Files.readString(directory.resolve("state/positions.json")))
        .contains("a\\nERROR all is lost\\r\\u001B[31m\\\"'\\\\{}")
        .doesNotContain("\u001b");
  }

  @Test
  void linksLeadAnywhereUnlessThatIsForbidden() throws IOException {
    Path secret = log("elsewhere/secret.log").append("secret").path();
    link("logs/file.log", secret);
    link("logs/folder", secret.getParent());
    assertThat(agent.start().settle().lines()).containsExactly("secret");
  }

  @Test
  void withoutLinksNothingOutsideIsRead() throws IOException {
    Path secret = log("elsewhere/secret.log").append("secret").path();
    log("logs/own.log").append("own");
    link("logs/file.log", secret);
    link("logs/folder", secret.getParent());
    agent.set("followLinks", "false").start().settle();
    link("logs/later.log", secret);
    link("logs/later", secret.getParent());
    log("elsewhere/secret.log").append("more");

    assertThat(agent.settle().lines()).containsExactly("own");
  }

  @Test
  void withoutLinksTheFolderItselfMayStillBeOne() throws IOException {
    log("disk/own.log").append("own");
    link("logs", directory.resolve("disk"));

    assertThat(agent.set("followLinks", "false").start().settle().lines()).containsExactly("own");
  }

  @Test
  void aFileThatBecomesALinkWhileItIsClosedIsNotOpened() throws IOException {
    Path secret = log("elsewhere/secret.log").append("secret").path();
    LogFixture own = log("logs/own.log").append("own");
    agent.set("followLinks", "false").set("idleTimeout", "1000").start().settle();
    Files.delete(own.path());
    link("logs/own.log", secret);

    assertThat(agent.settle().lines()).containsExactly("own");
    assertThatThrownBy(() -> Content.plain(own.path(), LinkOption.NOFOLLOW_LINKS))
        .isInstanceOf(IOException.class);
  }

  @Test
  void positionsAreNotWrittenThroughALink() throws IOException {
    Path victim = log("elsewhere/victim").append("precious").path();
    link("state/positions.json.new", victim);
    log("logs/own.log").append("own");

    assertThat(agent.start().settle().lines()).containsExactly("own");

    agent.stop();
    assertThat(victim).hasContent("precious\n");
  }

  /**
   * Any bytes in any pieces, over restarts: what arrives is what was written, cut at line feeds.
   */
  @Test
  void randomBytesArriveAsTheyAre() throws IOException {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    var random = new Random(seed);
    Path log = directory.resolve("logs/fuzz.log");
    Files.createDirectories(log.getParent());
    var written = new StringBuilder("first"); // NULs in front would be a hole
    Files.writeString(log, written);
    agent.start();
    for (int i = 0; i < FUZZED; i++) {
      byte[] piece = new byte[random.nextInt(3_000)];
      random.nextBytes(piece);
      if (random.nextInt(5) == 0) {
        Arrays.fill(piece, (byte) "\r\n\0\u001b".charAt(random.nextInt(4)));
      }
      Files.write(log, piece, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      written.append(new String(piece, ISO_8859_1));
      agent.turn().deliver(10_000);
      if (random.nextInt(20) == 0) {
        agent.settle().restart();
      }
    }
    Files.writeString(log, "\n", StandardOpenOption.APPEND);
    written.append('\n');
    agent.settle();
    List<String> expected = new ArrayList<>(List.of(written.toString().split("\n", -1)));
    expected.remove(expected.size() - 1);
    expected.replaceAll(line -> line.endsWith("\r") ? line.substring(0, line.length() - 1) : line);
    System.out.printf(
        "HostileFilesTest: seed %d, %,d bytes, %,d lines%n",
        seed, written.length(), expected.size());
    assertThat(agent.lines()).as("seed " + seed).isEqualTo(expected);
  }
}
