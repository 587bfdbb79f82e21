package io.sluice.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongFunction;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Thousands of lives of whole agents in a simulated world: whatever happens to the agent, its files
 * and its brokers, every promise of docs/guarantees.md is kept. The same lives each time, so that
 * nobody's build is red by chance; {@code -Dsluice.firstSeed=N} lives others, {@code
 * -Dsluice.soak=true} a million new ones, or for an hour; {@code -Dsluice.seed=N} lives one life
 * again, shrinks it if it fails, and tells its story.
 */
final class PipelineSimulationTest {
  private static final boolean SOAK = Boolean.getBoolean("sluice.soak");
  private static final long LIVES = Long.getLong("sluice.lives", SOAK ? 1_000_000 : 3_000);
  private static final Duration LONGEST =
      Duration.ofSeconds(Long.getLong("sluice.seconds", SOAK ? 3_600 : 12));
  private static final int THREADS = SOAK ? Runtime.getRuntime().availableProcessors() : 1;

  /** After so many failing lives the rest would say the same. */
  private static final int ENOUGH = Integer.getInteger("sluice.failures", 3);

  private final long first = Long.getLong("sluice.firstSeed", SOAK ? System.nanoTime() : 1);
  private final long end = System.nanoTime() + LONGEST.toNanos();
  private final AtomicLong next = new AtomicLong(first);

  @Test
  void everyPromiseIsKeptInEveryLife() {
    Long only = Long.getLong("sluice.seed");
    if (only != null) {
      System.out.println(new Universe().<LongFunction<String>>start("Told").apply(only));
      assertThat(new Universe().<LongFunction<String>>start("Lives").apply(only)).isEmpty();
      return;
    }
    long start = System.nanoTime();
    Map<String, Long> counts = new TreeMap<>();
    List<CompletableFuture<List<String>>> running = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      running.add(CompletableFuture.supplyAsync(() -> live(counts)));
    }
    List<String> stories = new ArrayList<>();
    running.forEach(lives -> stories.addAll(lives.join()));
    long lived = next.get() - first;
    System.out.printf(
        "PipelineSimulationTest: %d lives, %.0f a second, seeds %d to %d%n",
        lived, lived * 1e9 / (System.nanoTime() - start), first, next.get() - 1);
    if (SOAK || Boolean.getBoolean("sluice.counts")) {
      counts.forEach((what, count) -> System.out.println("  " + count + " " + what));
    }
    assertThat(String.join("\n", stories)).isEmpty();
  }

  private List<String> live(Map<String, Long> counts) {
    Object lives = new Universe().start("Lives");
    List<String> stories = new ArrayList<>();
    while (next.get() < first + LIVES && System.nanoTime() < end && stories.size() < ENOUGH) {
      String story = this.<LongFunction<String>>as(lives).apply(next.getAndIncrement());
      if (!story.isEmpty()) {
        stories.add(story);
        System.out.println(story);
      }
    }
    synchronized (counts) {
      Map<String, Long> own = this.<Supplier<Map<String, Long>>>as(lives).get();
      own.forEach((what, count) -> counts.merge(what, count, Long::sum));
    }
    return stories;
  }

  /** What is loaded in a universe is known outside of it by the JDK's types alone. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private <T> T as(Object lives) {
    return (T) lives;
  }

  @Test
  void aSeedIsTheSameLifeEachTime() {
    LongFunction<String> one = new Universe().start("Told");
    LongFunction<String> other = new Universe().start("Told");
    for (long seed = first; seed < first + 5; seed++) {
      assertThat(other.apply(seed)).as("seed %d", seed).isEqualTo(one.apply(seed));
    }
  }
}
