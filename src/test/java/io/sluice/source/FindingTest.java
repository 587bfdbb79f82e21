package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.source.machine.DirectoryWatch;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which files are read, in which turn, and what is shown of them. */
final class FindingTest {
  @TempDir Path directory;
  private AgentFixture agent;

  @BeforeEach
  void layOut() {
    agent = new AgentFixture(directory).set("paths", directory.resolve("**/*.log").toString());
  }

  @AfterEach
  void stop() {
    agent.stop();
  }

  private LogFixture log(String name) {
    return new LogFixture(directory.resolve(name));
  }

  @Test
  void filesInDirectoriesOfAnyDepthAreRead() {
    log("a.log").append("a");
    log("x/y/z/b.log").append("b");
    agent.start().settle();
    log("later/c.log").append("c");
    assertThat(agent.settle().lines()).containsExactly("a", "b", "c");
  }

  @Test
  void filesAreFoundByScanningWhereTheSystemWatchesNoDirectory() {
    agent.signalled(
        name ->
            new DirectoryWatch(
                name,
                (directory, service) -> {
                  throw new IOException("User limit of inotify watches reached");
                }));
    log("x/a.log").append("a");
    agent.start().settle();
    log("y/b.log").append("b");
    log("x/a.log").append("c");
    assertThat(agent.settle().lines()).containsExactlyInAnyOrder("a", "b", "c");
  }

  @Test
  void hiddenFilesAreNotInTheWay() {
    log(".hidden.log").append("a");
    log(".git/b.log").append("b");
    log("c.log").append("c");
    assertThat(agent.start().settle().lines()).containsExactly("c");
  }

  @Test
  void hiddenFilesAreReadOnRequest() {
    agent.set("includeHidden", "true");
    log(".hidden.log").append("a");
    assertThat(agent.start().settle().lines()).containsExactly("a");
  }

  @Test
  void excludedFilesAreLeftOut() {
    agent.set("exclude", "debug-*, " + directory + "/tmp/**");
    log("debug-a.log").append("a");
    log("tmp/b.log").append("b");
    log("c.log").append("c");
    assertThat(agent.start().settle().lines()).containsExactly("c");
  }

  @Test
  void oldFilesAreLeftOutOnRequest() throws IOException {
    agent.set("ignoreOlderThan", "86400000");
    Path old = log("old.log").append("a").path();
    Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(2 * 86_400)));
    log("new.log").append("b");
    assertThat(agent.start().settle().lines()).containsExactly("b");
  }

  @Test
  void theListOfFilesShrinks() throws Exception {
    agent.set("idleTimeout", "1000");
    for (int i = 0; i < 20; i++) {
      log(i + ".log").append("line of " + i);
    }
    agent.start().settle();
    assertThat(attribute("TrackedFileCount")).isEqualTo(20L);
    for (int i = 1; i < 20; i++) {
      log(i + ".log").delete();
    }
    agent.settle().wait(java.time.Duration.ofSeconds(2)).settle();
    assertThat(attribute("TrackedFileCount")).isEqualTo(1L);
  }

  @Test
  void oneBusyFileStarvesNoOther() {
    agent.set("batchSize", "10000").channelOf(100_000, 10_000);
    String line = "x".repeat(99);
    StringBuilder busy = new StringBuilder();
    for (int i = 0; i < 20_000; i++) {
      busy.append(line).append('\n');
    }
    log("busy.log").appendPart(busy.toString());
    log("quiet.log").append("hello");
    agent.start().process().deliver(10_000);
    assertThat(agent.lines()).contains("hello");
  }

  @Test
  void countersAreShownAndNeverNull() throws Exception {
    log("a.log").append("a", "bb");
    agent.start().settle();
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    var name = new ObjectName("org.apache.flume.source:type=tail");
    for (MBeanAttributeInfo info : server.getMBeanInfo(name).getAttributes()) {
      assertThat(server.getAttribute(name, info.getName())).as(info.getName()).isNotNull();
    }
    assertThat(attribute("LineCount")).isEqualTo(2L);
    assertThat(attribute("ByteCount")).isEqualTo(3L);
    assertThat(attribute("EventAcceptedCount")).isEqualTo(2L);
    assertThat(attribute("LagBytes")).isEqualTo(0L);
  }

  @Test
  void lagIsShownForEachFile() throws Exception {
    agent.channelOf(1, 1).set("batchSize", "1");
    Path path = log("a.log").append("a", "bb", "ccc").path();
    agent.start().turn().turn().turn();
    assertThat(attribute("LagByFile")).isEqualTo(path + "=4");
  }

  private static Object attribute(String name) throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .getAttribute(new ObjectName("org.apache.flume.source:type=tail"), name);
  }
}
