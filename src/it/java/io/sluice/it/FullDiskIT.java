package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.sluice.delivery.PositionJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The disk that holds the position file is full for a while. Needs root, to mount a small one. */
final class FullDiskIT {

  @TempDir Path folder;
  private Path disk;
  private Pipeline pipeline;

  @BeforeEach
  void mountASmallDisk() throws Exception {
    disk = Files.createDirectories(folder.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=64k", "tmpfs", disk.toString()),
        "only root may mount a file system: run the build as root");
    pipeline =
        new Pipeline("at-least-once.conf", folder, SharedBroker.bootstrapServers())
            .prefixTopics("disk-")
            .createTopics();
    pipeline.config().set("a1.sources.tail.positionFile", disk.resolve("positions.json"));
    pipeline.config().set("a1.sources.tail.writePosInterval", 200);
  }

  @AfterEach
  void unmount() throws Exception {
    if (pipeline != null) {
      pipeline.close();
    }
    run("umount", disk.toString());
  }

  @Test
  void shippingGoesOnAndThePositionHealsByItself() throws Exception {
    pipeline.log().appendReadings(0, 1_000);
    pipeline.start().awaitAll();
    // No write may be under way, or its old file leaves room for one more.
    await("the position is written").until(this::isSavedToTheEnd);
    Path filler = fill();

    pipeline.log().appendReadings(1_000, 20_000);
    pipeline.awaitAll();
    pipeline.agent().awaitLog("positions cannot be written");
    assertThat(savedOffset()).isLessThan(Files.size(pipeline.log().path()));

    Files.delete(filler);
    await("the position is written").until(this::isSavedToTheEnd);
    pipeline.agent().kill();
    pipeline.log().appendReadings(20_000, 21_000);
    pipeline.start().awaitAll();

    assertThat(pipeline.rawTally()).hasToString("written=21000 arrived=21000 lost=0 duplicates=0");
  }

  private Path fill() throws IOException {
    Path filler = disk.resolve("filler");
    byte[] block = new byte[1024];
    try {
      for (int i = 0; i < 1_000; i++) {
        Files.write(filler, block, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
      }
      throw new IllegalStateException("the disk does not get full");
    } catch (IOException e) {
      return filler;
    }
  }

  private boolean isSavedToTheEnd() throws IOException {
    return savedOffset() == Files.size(pipeline.log().path());
  }

  private long savedOffset() throws IOException {
    Path positions = disk.resolve("positions.json");
    return Files.exists(positions)
        ? PositionJson.read(Files.readAllBytes(positions)).get(0).offset()
        : 0;
  }

  private static boolean run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor() == 0;
  }
}
