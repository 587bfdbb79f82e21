package io.sluice.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Random lives of logs: whatever happens, every line arrives that could arrive, none that was not
 * written, and none twice unless a kill explains it. A life that fails is told with as few steps as
 * it takes. {@code -Dsluice.seed=N} repeats and tells one life, {@code -Dsluice.dimensions=A,B}
 * lives with just these, {@code -Dsluice.soak=true} lives a million.
 */
final class RotationPropertyTest {
  /** Not part of any life yet: known faults, or mended and not tried here since. */
  private static final Set<Dimension> NOT_MENDED =
      EnumSet.complementOf(
          EnumSet.of(
              Dimension.HOLES,
              Dimension.PREALLOCATED,
              Dimension.MULTILINE,
              Dimension.CRLF_AT_THE_BOUND,
              Dimension.PARTIAL_TIMEOUTS,
              Dimension.OLD_FILES,
              Dimension.SEVERAL_LOGS));

  private static final int LIVES = 3_000;
  private static final int SOAK_LIVES = 1_000_000;
  private static final int STEPS = 40;

  /** A busy machine lives fewer lives rather than holding up the build. */
  private static final Duration LONGEST = Duration.ofSeconds(12);

  /** An hour at most. */
  private static final Duration LONGEST_SOAK = Duration.ofHours(1);

  /** In memory, because every life forces positions to the disk many times. */
  private static final Path MEMORY = Path.of("/dev/shm");

  @TempDir Path disk;

  @Test
  void everyLineArrivesWhateverHappensToTheLogs() throws IOException {
    Long only = Long.getLong("sluice.seed");
    if (only != null) {
      String wrong = live(only, disk, i -> true, System.out::println);
      assertThat(wrong).as(() -> told(only, wrong)).isEmpty();
      return;
    }
    boolean soak = Boolean.getBoolean("sluice.soak");
    long first = Long.getLong("sluice.firstSeed", soak ? System.nanoTime() & 0xFFFF_FFFFL : 1);
    long longest = (soak ? LONGEST_SOAK : LONGEST).toSeconds();
    long end = System.nanoTime() + Long.getLong("sluice.seconds", longest) * 1_000_000_000L;
    long seed = first;
    while (seed < first + (soak ? SOAK_LIVES : LIVES) && System.nanoTime() < end) {
      boolean inMemory = Files.isWritable(MEMORY) && seed % 20 != 0;
      long now = seed;
      String wrong = live(seed, inMemory ? MEMORY : disk, i -> true, event -> {});
      assertThat(wrong).as(() -> (now - first + 1) + " lives; " + told(now, wrong)).isEmpty();
      seed++;
    }
    System.out.printf(
        "RotationPropertyTest: seeds %d to %d, %,d lives%n", first, seed - 1, seed - first);
  }

  private static Set<Dimension> dimensions(long seed) {
    String named = System.getProperty("sluice.dimensions");
    if (named != null) {
      return Arrays.stream(named.split(",")).map(Dimension::valueOf).collect(Collectors.toSet());
    }
    return Dimension.some(
        EnumSet.complementOf(EnumSet.copyOf(NOT_MENDED)),
        new Random(RotationModel.mixed(seed, -2)));
  }

  /** The life of {@code seed} without all the steps that its fault does not need. */
  private String told(long seed, String wrong) {
    Set<Integer> steps = new TreeSet<>(IntStream.range(0, STEPS).boxed().toList());
    for (int length = STEPS / 2; length > 0; length /= 2) {
      for (int from = 0; from < STEPS; from += length) {
        Set<Integer> fewer = new TreeSet<>(steps);
        fewer.removeAll(IntStream.range(from, from + length).boxed().toList());
        if (fewer.size() < steps.size() && fails(seed, fewer)) {
          steps = fewer;
        }
      }
    }
    List<String> story = new ArrayList<>();
    try {
      return "seed %d%n%s%nafter%n  %s"
          .formatted(
              seed,
              wrong.isEmpty() ? "" : live(seed, disk, steps::contains, story::add),
              String.join("\n  ", story));
    } catch (IOException | AssertionError e) {
      return "seed " + seed + " " + e + " after " + story;
    }
  }

  private boolean fails(long seed, Set<Integer> steps) {
    try {
      return !live(seed, disk, steps::contains, event -> {}).isEmpty();
    } catch (IOException | AssertionError e) {
      return true;
    }
  }

  /** In a separate thread, because threads keep the channels that they have used. */
  private static String live(long seed, Path parent, IntPredicate steps, Consumer<String> listener)
      throws IOException {
    Path directory = Files.createTempDirectory(parent, "sluice");
    try {
      return CompletableFuture.supplyAsync(
              () ->
                  new RotationModel(seed, directory, dimensions(seed), listener).live(STEPS, steps),
              task -> new Thread(task, "life").start())
          .join();
    } catch (CompletionException e) {
      return String.valueOf(e.getCause());
    } finally {
      RotationModel.clear(directory);
    }
  }
}
