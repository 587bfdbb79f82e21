package io.sluice.source.machine;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.source.LogFixture;
import io.sluice.suite.Patience;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
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
    assertThat(watch.await(Patience.LIMIT.toMillis(), changed::add)).isTrue();
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
    watch.await(Patience.LIMIT.toMillis(), changed::add);
    assertThat(changed).contains(log.path());
  }

  @Test
  void watchesWhatItCanAndSaysOnceThatTheSystemWatchesNoMore() throws Exception {
    Path first = Files.createDirectory(directory.resolve("first"));
    PrintStream stderr = System.err;
    var printed = new ByteArrayOutputStream();
    try (DirectoryWatch poor = new DirectoryWatch("source 'tail'", onlyIn(first))) {
      System.setErr(new PrintStream(printed, true, UTF_8));
      poor.watch(first, "first");
      poor.watch(directory.resolve("second"), "second");
      poor.watch(directory.resolve("third"), "third");
      LogFixture log = new LogFixture(first.resolve("app.log")).append("a");
      assertThat(poor.await(Patience.LIMIT.toMillis(), changed::add)).isTrue();

      assertThat(changed).containsExactly(log.path());
      assertThat(poor.isComplete()).isFalse();
      assertThat(printed.toString(UTF_8))
          .containsOnlyOnce("WARN")
          .contains("source 'tail'", "noticed by scanning only", "max_user_watches");
    } finally {
      System.setErr(stderr);
    }
  }

  /** A system that has watches left for one directory. */
  private static DirectoryWatch.Registration onlyIn(Path only) {
    return (directory, service) -> {
      if (!directory.equals(only)) {
        throw new IOException("User limit of inotify watches reached");
      }
      return directory.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE);
    };
  }
}
