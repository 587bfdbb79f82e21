package io.sluice.it;

import static io.sluice.it.Trouble.KILL_AGENT;
import static io.sluice.it.Trouble.KILL_BROKER;
import static io.sluice.it.Trouble.PAUSE_AGENT;
import static io.sluice.it.Trouble.PAUSE_BROKER;
import static io.sluice.it.Trouble.RELOAD;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.VitalSigns.Sample;
import io.sluice.suite.Soak;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An agent and a broker live for an hour with several logs that are rotated all the time. In turns
 * come five stormy minutes, in which they are killed, stopped, paused and reconfigured, and five in
 * which the agent's process lives on. In the last ten minutes the agent is only reconfigured: what
 * it holds must be flat then. At the end every line must be in all three topics once.
 *
 * <p>{@code -Dsluice.soak.duration=PT2M} is a try, too short to judge what is flat; {@code
 * -Dsluice.seed=N} repeats the order of the troubles.
 */
@Soak
final class SoakIT {
  private static final Duration DURATION =
      Duration.parse(System.getProperty("sluice.soak.duration", "PT1H"));
  private static final Duration WEATHER = DURATION.dividedBy(12);
  private static final Duration JUDGED = DURATION.dividedBy(6);
  private static final Duration ENOUGH_TO_JUDGE = Duration.ofMinutes(5);
  private static final int TURNS = 4;

  @TempDir Path folder;
  private final long seed = Long.getLong("sluice.seed", System.nanoTime());
  private final Random random = new Random(seed);

  @Test
  void anHourOfTroubleLosesAndRepeatsNothingAndLeavesNothingBehind() throws IOException {
    System.out.printf("SoakIT duration=%s sluice.seed=%d %s%n", DURATION, seed, folder);
    long start = System.nanoTime();
    try (var rig = new SoakRig(folder, seed, JUDGED.dividedBy(60))) {
      var storm = new Trouble.Deck(random, Trouble.values());
      var fair = new Trouble.Deck(random, KILL_BROKER, PAUSE_AGENT, PAUSE_BROKER, RELOAD);
      var calm = new Trouble.Deck(random, RELOAD);
      for (int turn = 0; turn < TURNS; turn++) {
        live(rig, storm, WEATHER);
        live(rig, fair, WEATHER);
        rig.printProgress();
      }
      rig.make(KILL_AGENT);
      live(rig, calm, DURATION.minus(JUDGED).minusNanos(System.nanoTime() - start));
      rig.turnPage();
      live(rig, calm, JUDGED);

      ReadingCount count = rig.finish();
      rig.print();
      System.out.println("SoakIT in raw, valid and invalid topic: " + count);
      assertThat(count).hasToString("lost=0 duplicates=0");
      if (JUDGED.compareTo(ENOUGH_TO_JUDGE) >= 0) {
        assertFlat(rig.agentLife());
      }
    }
  }

  private void live(SoakRig rig, Trouble.Deck deck, Duration time) throws IOException {
    long end = System.nanoTime() + time.toNanos();
    while (System.nanoTime() < end) {
      Duration quiet = Duration.ofMillis(2_000 + random.nextLong(WEATHER.toMillis() / 6));
      Duration left = Duration.ofNanos(end - System.nanoTime());
      rig.live(quiet.compareTo(left) < 0 ? quiet : left);
      if (System.nanoTime() < end) {
        rig.make(deck.draw());
      }
    }
  }

  /** What may come and go: buffers, files rotated in the last two minutes, threads that tidy up. */
  private static void assertFlat(LifeRecord life) {
    assertFlat("RSS", life, Sample::resident, 8);
    assertFlat("heap", life, Sample::heap, 5);
    assertFlat("metaspace", life, Sample::metaspace, 1);
    assertFlat("descriptors", life, Sample::descriptors, 20);
    assertFlat("threads", life, Sample::threads, 2);
  }

  private static void assertFlat(
      String what, LifeRecord life, ToDoubleFunction<Sample> figure, double tolerance) {
    assertThat(life.late(figure)).as(what).isLessThanOrEqualTo(life.early(figure) + tolerance);
  }
}
