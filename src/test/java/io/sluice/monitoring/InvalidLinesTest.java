package io.sluice.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.validate.Reason;
import io.sluice.validate.Verdict.Invalid;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class InvalidLinesTest {
  private final AtomicLong nanos = new AtomicLong();

  @Test
  void keepsTheLatestNewestFirst() {
    var lines = new InvalidLines(2, false, nanos::get);
    lines.tick();

    add(lines, "1", 0);
    add(lines, "2", 10);
    add(lines, "3", 20);

    assertThat(lines.list()).extracting(InvalidLine::getValue).containsExactly("3", "2");
    assertThat(lines.list()).extracting(InvalidLine::getOffset).containsExactly(20L, 10L);
  }

  @Test
  void takesOnlyAFewInAMomentAndMoreInTheNext() {
    var lines = new InvalidLines(1_000, false, nanos::get);
    lines.tick();
    int taken = 0;
    for (int i = 0; i < 100_000; i++) {
      if (lines.hasRoom()) {
        add(lines, "x", i);
        taken++;
      }
    }
    assertThat(taken).isEqualTo(InvalidLines.MOST_IN_A_PERIOD);

    lines.tick();
    assertThat(lines.hasRoom()).isFalse();
    nanos.addAndGet(1_000_000_000);
    lines.tick();
    assertThat(lines.hasRoom()).isTrue();
  }

  @Test
  void keepsALineOnceThatIsOfferedAgain() {
    var lines = new InvalidLines(10, false, nanos::get);
    lines.tick();

    add(lines, "1", 40);
    add(lines, "1", 40);
    add(lines, "no place", -1);
    add(lines, "no place", -1);

    assertThat(lines.list()).hasSize(3);
  }

  @Test
  void masksAllButTheShapeOfAValue() {
    var lines = new InvalidLines(10, true, nanos::get);
    lines.tick();

    add(lines, "-12.5e3 <b>Größe🚰", 0);

    assertThat(lines.list().get(0).getValue()).isEqualTo("-00.0x0xxxxxxxxxx");
  }

  @Test
  void keepsNothingWhenTurnedOff() {
    InvalidLines lines = InvalidLines.none();
    lines.tick();

    assertThat(lines.hasRoom()).isFalse();
  }

  private static void add(InvalidLines lines, String value, long offset) {
    lines.add(new Invalid("hot", Reason.ABOVE, value, "[0,1]"), "/a", offset, 5);
  }
}
