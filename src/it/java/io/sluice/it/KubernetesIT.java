package io.sluice.it;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code conf/kubernetes.conf} on a node's {@code /var/log}: links in {@code containers} to the
 * files of {@code pods}, which kubelet rotates, while the agent is killed and stopped.
 */
final class KubernetesIT {
  private static final int LINES = 1_000;
  private static final int CONTAINERS = 4;

  /** Every trouble meets two of the changes. */
  private static final int ROUNDS = 10;

  @TempDir Path folder;
  private final List<byte[]> written = new ArrayList<>();
  private final List<Container> containers = new ArrayList<>();

  @BeforeEach
  void startContainers() throws IOException {
    for (int i = 0; i < CONTAINERS; i++) {
      containers.add(new Container("web-" + i));
    }
  }

  /** What a container runtime and kubelet do with the logs of one container. */
  private final class Container {
    private final String pod;
    private final Path link;
    private final Deque<Path> rotated = new ArrayDeque<>();
    private Path log;
    private int instances;
    private int rotations;
    private int lines;

    Container(String pod) throws IOException {
      this.pod = pod;
      this.link = folder.resolve("log/containers/" + pod + "_shop_app-0123456789ab.log");
      this.log = create();
    }

    private Path create() throws IOException {
      instances++;
      Path created = folder.resolve("log/pods/shop_%s_uid-%d/app/0.log".formatted(pod, instances));
      Files.createDirectories(created.getParent());
      Files.createFile(created);
      Files.createDirectories(link.getParent());
      Path aside = Files.createSymbolicLink(folder.resolve(pod + ".new"), created);
      Files.move(aside, link, StandardCopyOption.ATOMIC_MOVE);
      return created;
    }

    void write(int count) throws IOException {
      try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
        write(count, out);
      }
    }

    /** Every tenth line in two pieces, as the runtime cuts lines of more than 16 KiB. */
    private void write(int count, OutputStream out) throws IOException {
      for (int i = 0; i < count; i++) {
        String line = pod + " reading " + ++lines + " value=" + lines % 30;
        String text = line;
        if (lines % 10 == 0) {
          out.write(cri("P", line.substring(0, 9)));
          text = line.substring(9);
        }
        out.write(cri("F", text));
        written.add(line.getBytes(UTF_8));
      }
    }

    private byte[] cri(String tag, String text) {
      return "2026-11-01T00:17:09.669794202Z stdout %s %s%n".formatted(tag, text).getBytes(UTF_8);
    }

    /** Compresses what was rotated last, renames the log, and lets the runtime open a new one. */
    void rotate() throws IOException {
      Path last = rotated.peekLast();
      if (last != null && !last.toString().endsWith(".gz")) {
        Path unfinished = last.resolveSibling(last.getFileName() + ".tmp");
        Path archive = last.resolveSibling(last.getFileName() + ".gz");
        Files.write(unfinished, gzip(Files.readAllBytes(last)));
        Files.move(unfinished, archive, StandardCopyOption.ATOMIC_MOVE);
        Files.delete(last);
        rotated.removeLast();
        rotated.add(archive);
      }
      if (rotated.size() == 4) { // containerLogMaxFiles, with the log itself
        Files.delete(rotated.removeFirst());
      }
      Path to = log.resolveSibling("0.log.20261101-%06d".formatted(++rotations));
      try (OutputStream out = Files.newOutputStream(log, StandardOpenOption.APPEND)) {
        Files.move(log, to, StandardCopyOption.ATOMIC_MOVE);
        write(20, out); // until the runtime is told
      }
      Files.createFile(log);
      rotated.add(to);
    }

    /** The pod comes back as another, and the link to its log leads elsewhere. */
    void replace() throws IOException {
      rotated.clear();
      log = create();
    }
  }

  private static byte[] gzip(byte[] content) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var zip = new GZIPOutputStream(bytes)) {
      zip.write(content);
    }
    return bytes.toByteArray();
  }

  /** What happens to the agent while the logs are rotated. */
  private enum Trouble {
    NONE,
    KILLED_BEFORE,
    KILLED_AFTER,
    STOPPED,
    STARTING
  }

  @Test
  void everyLineArrivesOnceWhateverKubeletAndTheAgentDo() throws IOException {
    try (var pipeline =
        new Pipeline("kubernetes.conf", folder, SharedBroker.bootstrapServers())
            .prefixTopics("kubernetes-")
            .createTopics()) {
      pipeline.config().replace("a1.sources.tail.paths", folder.resolve("log/containers/*.log"));
      writeAll();
      pipeline.start();
      // Only what the agent has seen can it look for under a name that no link leads to.
      pipeline.topics().awaitCount(pipeline.raw(), written.size());
      for (int i = 0; i < ROUNDS; i++) {
        int round = i;
        writeAll();
        meanwhile(
            Trouble.values()[round % Trouble.values().length], pipeline, () -> changeAll(round));
        writeAll();
        pipeline.topics().awaitCount(pipeline.raw(), written.size());
      }

      Tally tally = new Tally().written(written).arrived(pipeline.topics().values(pipeline.raw()));
      System.out.println("KubernetesIT " + tally);
      assertThat(tally)
          .as("%s", tally.repeated())
          .hasToString("written=%1$d arrived=%1$d lost=0 duplicates=0".formatted(written.size()));
    }
  }

  private void writeAll() throws IOException {
    for (Container container : containers) {
      container.write(LINES);
    }
  }

  /** Each container's log is rotated twice, with a compression between, then its pod replaced. */
  private void changeAll(int round) {
    try {
      for (int i = 0; i < CONTAINERS; i++) {
        if ((i + round) % 3 == 0) {
          containers.get(i).replace();
        } else {
          containers.get(i).rotate();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void meanwhile(Trouble trouble, Pipeline pipeline, Runnable change) {
    switch (trouble) {
      case NONE -> change.run();
      case KILLED_BEFORE -> {
        pipeline.agent().kill();
        change.run();
        pipeline.start();
      }
      case KILLED_AFTER -> {
        change.run();
        pipeline.agent().kill();
        pipeline.start();
      }
      case STOPPED -> {
        assertThat(pipeline.agent().terminate()).isTrue();
        change.run();
        pipeline.start();
      }
      case STARTING -> {
        pipeline.agent().kill();
        pipeline.start();
        change.run();
      }
    }
  }
}
