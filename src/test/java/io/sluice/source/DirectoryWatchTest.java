package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DirectoryWatchTest {
  @TempDir Path directory;
  private final DirectoryWatch watch = new DirectoryWatch("source 'tail'");
  private final Set<Path> changed = new HashSet<>();

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void tellsOfNewAndGrownFiles() throws Exception {
    watch.watch(directory, directory);
    LogFixture log = new LogFixture(directory.resolve("app.log")).append("a");
    assertThat(watch.await(10_000, changed::add)).isTrue();
    assertThat(changed).containsExactly(log.path());
    assertThat(watch.isComplete()).isTrue();
  }

  @Test
  void watchesADirectoryThatTookTheNameOfAnother() throws Exception {
    Path logs = Files.createDirectory(directory.resolve("logs"));
    watch.watch(logs, "first");
    Files.move(logs, directory.resolve("logs.old"));
    Files.createDirectory(logs);
    watch.watch(logs, "second");
    LogFixture log = new LogFixture(logs.resolve("app.log")).append("a");
    watch.await(10_000, changed::add);
    assertThat(changed).contains(log.path());
  }
}
