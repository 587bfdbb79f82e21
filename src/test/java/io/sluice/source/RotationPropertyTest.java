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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Random lives of logs: whatever happens, every line arrives that could arrive, none that was not
 * written, and none twice unless a kill explains it. A life that fails is told with as few steps as
 * it takes. {@code -Dsluice.seed=N} repeats and tells one life, {@code -Dsluice.dimensions=A,B}
 * lives with just these, {@code -Dsluice.soak=true} lives a million.
 */
final class RotationPropertyTest {
  private static final int LIVES = 1_500;
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

  /** Lives that once failed, each by another fault. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ':',
      textBlock =
          """
          69:OUT_OF_SIGHT
          101:OUT_OF_SIGHT,MULTILINE
          136:OUT_OF_SIGHT
          100103:OUT_OF_SIGHT,HOLES
          100283:OUT_OF_SIGHT
          100345:OUT_OF_SIGHT,OLD_FILES
          100589:OUT_OF_SIGHT
          200963:OUT_OF_SIGHT,PARTIAL_TIMEOUTS,MULTILINE
          48:LINKS
          100121:LINKS,PREALLOCATED
          100224:LINKS
          100573:LINKS
          200445:LINKS,CRLF_AT_THE_BOUND,OLD_FILES
          2520551343:LINKS
          55:GROUPS
          14:BANNERS,PREALLOCATED,PARTIAL_TIMEOUTS
          265:BANNERS,MULTILINE
          100893:SEVERAL_LOGS,BANNERS,PREALLOCATED
          24:GZIP,PREALLOCATED,MULTILINE
          30:GZIP
          246:GZIP
          282:SEVERAL_LOGS,GZIP,HOLES
          100524:GZIP,PARTIAL_TIMEOUTS,OLD_FILES
          100773:SEVERAL_LOGS,GZIP
          100881:GZIP,HOLES
          700097850:GZIP,HOLES
          1870685775:GZIP,HOLES
          215:SEVERAL_LOGS,FAILING_OPENS
          12:START_AT_END
          100008:SEVERAL_LOGS,PARTIAL_TIMEOUTS,START_AT_END
          100071:PREALLOCATED,CRLF_AT_THE_BOUND,START_AT_END
          401190:SEVERAL_LOGS,PREALLOCATED,START_AT_END
          215:SEVERAL_LOGS,MOVED
          100891:CRLF_AT_THE_BOUND,MOVED
          100273:SEVERAL_LOGS,REPLACED
          """)
  void everyLineArrivesInALifeThatOnceFailed(long seed, String dimensions) throws IOException {
    Path parent = Files.isWritable(MEMORY) ? MEMORY : disk;
    assertThat(live(seed, parent, named(dimensions), i -> true, event -> {})).isEmpty();
  }

  private static Set<Dimension> named(String dimensions) {
    return Arrays.stream(dimensions.split(",")).map(Dimension::valueOf).collect(Collectors.toSet());
  }

  private static Set<Dimension> dimensions(long seed) {
    String named = System.getProperty("sluice.dimensions");
    if (named != null) {
      return named(named);
    }
    return Dimension.some(
        EnumSet.allOf(Dimension.class), new Random(RotationModel.mixed(seed, -2)));
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
    return live(seed, parent, dimensions(seed), steps, listener);
  }

  private static String live(
      long seed,
      Path parent,
      Set<Dimension> dimensions,
      IntPredicate steps,
      Consumer<String> listener)
      throws IOException {
    Path directory = Files.createTempDirectory(parent, "sluice");
    try {
      return CompletableFuture.supplyAsync(
              () -> new RotationModel(seed, directory, dimensions, listener).live(STEPS, steps),
              task -> new Thread(task, "life").start())
          .join();
    } catch (CompletionException e) {
      return String.valueOf(e.getCause());
    } finally {
      RotationModel.clear(directory);
    }
  }
}
