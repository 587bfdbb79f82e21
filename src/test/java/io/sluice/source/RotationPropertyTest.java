package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lives of a log: whatever happens, every line arrives that could arrive, none that was not
 * written, and none twice unless a kill explains it. {@code -Dsluice.seed=N} repeats one life,
 * {@code -Dsluice.soak=true} lives a million.
 */
final class RotationPropertyTest {
  /** The build lives the same lives each time; others are lived with {@code sluice.soak}. */
  private static final long FIRST = 40_000;

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
      live(only, disk);
      return;
    }
    boolean soak = Boolean.getBoolean("sluice.soak");
    long first = soak ? System.nanoTime() & 0xFFFF_FFFFL : FIRST;
    long end = System.nanoTime() + (soak ? Long.MAX_VALUE / 2 : LONGEST.toNanos());
    long seed = first;
    while (seed < first + (soak ? SOAK_LIVES : LIVES) && System.nanoTime() < end) {
      boolean inMemory = Files.isWritable(MEMORY) && seed % 20 != 0;
      live(seed, inMemory ? MEMORY : disk);
      seed++;
    }
    System.out.printf("RotationPropertyTest: seeds %d to %d%n", first, seed - 1);
  }

  private static void live(long seed, Path parent) throws IOException {
    Path directory = Files.createTempDirectory(parent, "sluice");
    try {
      String wrong = new RotationModel(seed, directory).live(STEPS);
      assertThat(wrong).as("seed %d", seed).isEmpty();
    } finally {
      RotationModel.clear(directory);
    }
  }
}
