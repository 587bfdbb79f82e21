package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lives of a log: whatever happens, every line arrives that could arrive, none that was not
 * written, and none twice unless a kill explains it. {@code -Dsluice.seed=N} repeats and tells one
 * life, {@code -Dsluice.soak=true} lives a million.
 */
final class RotationPropertyTest {
  private static final int LIVES = 3_000;
  private static final int SOAK_LIVES = 1_000_000;
  private static final int STEPS = 40;

  /** A busy machine lives fewer lives rather than holding up the build. */
  private static final Duration LONGEST = Duration.ofSeconds(12);

  /** In memory, because every life forces positions to the disk many times. */
  private static final Path MEMORY = Path.of("/dev/shm");

  @TempDir Path disk;

  @Test
  void everyLineArrivesWhateverHappensToTheLog() throws IOException {
    Long only = Long.getLong("sluice.seed");
    if (only != null) {
      live(only, disk, System.out::println);
      return;
    }
    boolean soak = Boolean.getBoolean("sluice.soak");
    long first = System.nanoTime() & 0xFFFF_FFFFL;
    long end = System.nanoTime() + (soak ? Long.MAX_VALUE / 2 : LONGEST.toNanos());
    long seed = first;
    while (seed < first + (soak ? SOAK_LIVES : LIVES) && System.nanoTime() < end) {
      boolean inMemory = Files.isWritable(MEMORY) && seed % 20 != 0;
      live(seed, inMemory ? MEMORY : disk, event -> {});
      seed++;
    }
    System.out.printf("RotationPropertyTest: seeds %d to %d%n", first, seed - 1);
  }

  /** In a thread of its own, because threads keep the channels that they have used. */
  private static void live(long seed, Path parent, Consumer<String> listener) throws IOException {
    Path directory = Files.createTempDirectory(parent, "sluice");
    try {
      var life =
          CompletableFuture.supplyAsync(
              () -> new RotationModel(seed, directory, listener).live(STEPS),
              task -> new Thread(task, "life").start());
      assertThat(life.join()).as("seed %d", seed).isEmpty();
    } catch (CompletionException e) {
      throw new AssertionError("seed " + seed, e);
    } finally {
      RotationModel.clear(directory);
    }
  }
}
