package io.sluice.simulation;

import io.sluice.suite.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Lives one life after the other within a {@link Universe}. Seen from outside it is a function:
 * from a seed to the story of what went wrong, or to an empty text.
 */
final class Lives implements LongFunction<String>, Supplier<Map<String, Long>> {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Path MEMORY = Path.of("/dev/shm");

  private final Map<String, Long> counts = new TreeMap<>();
  private final Path folder;
  private final String prefix;

  Lives() {
    try {
      this.folder =
          Files.isDirectory(MEMORY)
              ? Files.createTempDirectory(MEMORY, "sluice-lives")
              : Files.createTempDirectory("sluice-lives");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.prefix = folder.getFileName() + "-" + NUMBER.incrementAndGet() + "-";
  }

  /** How often what has happened so far. */
  @Override
  public Map<String, Long> get() {
    return counts;
  }

  @Override
  public String apply(long seed) {
    long mixed = mixed(seed);
    Setup setup = Setup.of(new Random(mixed));
    List<Step> steps = Life.steps(mixed);
    World world = live(mixed, setup, steps);
    world.counts().forEach((what, count) -> counts.merge(what, count, Long::sum));
    if (world.violations().isEmpty()) {
      return "";
    }
    String kind = kind(world);
    if (Boolean.getBoolean("sluice.unshrunk")) {
      return "seed " + seed + ": " + world.violations().get(0) + "\n";
    }
    Setup plain = setup;
    List<Step> least = steps;
    for (int round = 0; round < 2; round++) {
      Setup with = plain;
      least = Shrinker.shrink(least, fewer -> kind(live(mixed, with, fewer)).equals(kind));
      for (boolean simpler = true; simpler; ) {
        simpler = false;
        for (Setup other : plain.simpler()) {
          if (kind(live(mixed, other, least)).equals(kind)) {
            plain = other;
            simpler = true;
            break;
          }
        }
      }
    }
    return story(seed, steps.size(), least, live(mixed, plain, least));
  }

  /** What went wrong, without which line it was; empty if nothing did. */
  private static String kind(World world) {
    return world.violations().isEmpty() ? "" : world.violations().get(0).replaceAll("[:(].*", "");
  }

  private static String story(long seed, int before, List<Step> least, World world) {
    var story = new StringBuilder();
    story.append("seed ").append(seed).append(": ").append(world.violations().get(0));
    story.append("\n  (").append(least.size()).append(" of ").append(before).append(" steps)\n");
    int peace = world.story().indexOf("peace");
    for (int i = 0; i < world.story().size(); i++) {
      String event = world.story().get(i);
      boolean again = i > 0 && event.equals(world.story().get(i - 1));
      if (!again && (i < peace + 15 || peace < 0 || event.startsWith("!"))) {
        story.append("  ").append(event).append('\n');
      }
    }
    story.append("  signature: ").append(kind(world)).append(" / ").append(world.setup().story());
    story.append(" / ").append(world.signature(least)).append('\n');
    return story.toString();
  }

  /** What went wrong first in a life; empty if nothing did. */
  String firstViolation(long seed) {
    World world = live(mixed(seed));
    return world.violations().isEmpty() ? "" : world.violations().get(0);
  }

  /** The whole story of one life, whether anything goes wrong in it or not. */
  String tell(long seed) {
    World world = live(mixed(seed));
    return String.join("\n", world.story()).replace(prefix, "").replace(folder.toString(), "");
  }

  /** Seeds that follow each other would begin with the same random numbers. */
  private static long mixed(long seed) {
    return new SplittableRandom(seed).nextLong();
  }

  private World live(long mixed) {
    return live(mixed, Setup.of(new Random(mixed)), Life.steps(mixed));
  }

  private World live(long seed, Setup setup, List<Step> steps) {
    clear();
    // In a thread of its own, because threads keep the channels that they have used.
    try {
      return CompletableFuture.supplyAsync(
              () -> Life.live(seed, setup, steps, folder, prefix),
              task -> new Thread(task, "life").start())
          .orTimeout(Patience.LIMIT.toMinutes(), TimeUnit.MINUTES)
          .join();
    } catch (CompletionException e) {
      throw new IllegalStateException("seed " + seed, e.getCause());
    }
  }

  private void clear() {
    if (!Files.exists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
