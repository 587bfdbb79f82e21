package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Random lives of a channel between one source and several sinks, held against the plain list of
 * lines that are not delivered yet.
 */
final class LedgerPropertyTest {
  private static final int LIVES =
      Boolean.getBoolean("sluice.soak") ? 1_000_000 : Integer.getInteger("sluice.cases", 5_000);
  private static final long SEED = Long.getLong("sluice.seed", 20_261_123);

  @TestFactory
  List<DynamicTest> thePositionNeverPassesAnUndeliveredLineNorGoesBackAndEndsAtTheEnd() {
    return List.of(lives(1), lives(2), lives(3));
  }

  private static DynamicTest lives(int sinks) {
    return DynamicTest.dynamicTest(
        sinks + " sinks, " + LIVES + " lives from seed " + SEED,
        () -> {
          for (int life = 0; life < LIVES; life++) {
            new Life(SEED + life, sinks).run();
          }
        });
  }

  @Test
  void aBatchOfOneSinkMovesThePositionToItsEnd() {
    var ledger = new Ledger(start(0));
    var account = new BatchAccount(new Announcements());
    account.add(ledger, 0, 10, 1, 0);
    account.add(ledger, 10, 25, 2, 0);
    account.taken();

    assertThat(account.positionsAfter()).extracting(Position::offset).containsExactly(25L);
    assertThat(ledger.position().offset()).isZero();
    account.delivered();
    assertThat(ledger.position().offset()).isEqualTo(25);
    assertThat(ledger.position().anchor()).isEqualTo(2);
  }

  @Test
  void thePositionGoesUpToTheFirstLineThatIsStillOnItsWay() {
    var ledger = new Ledger(start(0));
    var first = new BatchAccount();
    var second = new BatchAccount();
    first.add(ledger, 0, 10, 1, 0);
    first.taken();
    second.add(ledger, 10, 25, 2, 0);
    second.taken();
    assertThat(ledger.outstandingBytes()).isEqualTo(25);

    first.delivered();

    assertThat(ledger.position().offset()).isEqualTo(10);
    assertThat(ledger.outstandingBytes()).isEqualTo(15);
    second.delivered();
    assertThat(ledger.isOutstanding()).isFalse();
  }

  @Test
  void aLineWithoutBytesIsNeverOnItsWay() {
    var ledger = new Ledger(start(10));
    var account = new BatchAccount();
    account.add(ledger, 10, 10, 1, 0);

    account.taken();

    assertThat(ledger.isOutstanding()).isFalse();
  }

  @Test
  void aLedgerIsOpenUntilItsSourceStops() {
    var ledger = new Ledger(start(0));
    assertThat(ledger.isClosed()).isFalse();

    ledger.close();

    assertThat(ledger.isClosed()).isTrue();
  }

  @Test
  void aFileKeepsItsKeyWhileItIsRenamedAndWritten() {
    var before = new Position("tail", new FileIdentity("/a.log", 1, 2, 10, 7), 10, 1);
    var after = new Position("tail", new FileIdentity("/a.log.1", 1, 2, 64, 9), 64, 2);

    assertThat(after.key()).isEqualTo(before.key());
    assertThat(new Position("other", before.file(), 10, 1).key()).isNotEqualTo(before.key());
    assertThat(new Position("tail", new FileIdentity("/a.log", 1, 3, 10, 7), 10, 1).key())
        .isNotEqualTo(before.key());
  }

  @Test
  void aDeliveredLineIsKnownAsSuch() {
    var ledger = new Ledger(start(0));
    ledger.delivered(0, 10, 1);

    assertThat(ledger.position().offset()).isEqualTo(10);
  }

  private static Position start(long offset) {
    return new Position("tail", new FileIdentity("/var/log/a", 1, 2, 0, 0), offset, 0);
  }

  private record Line(long start, long end) {}

  /** One source, one channel, some sinks, and what really happened. */
  private static final class Life {
    private final Random random;
    private final Ledger ledger = new Ledger(start(0));
    private final Deque<Line> channel = new ArrayDeque<>();
    private final TreeSet<Long> undelivered = new TreeSet<>();
    private final List<Taken> sinks = new ArrayList<>();
    private long written;
    private long lastKept;
    private long lastPosition;

    /** A sink's open batch. */
    private static final class Taken {
      private final BatchAccount account = new BatchAccount(new Announcements());
      private final List<Line> lines = new ArrayList<>();
    }

    Life(long seed, int sinkCount) {
      this.random = new Random(seed);
      for (int i = 0; i < sinkCount; i++) {
        sinks.add(new Taken());
      }
    }

    void run() {
      for (int step = 0; step < 60; step++) {
        Taken sink = sinks.get(random.nextInt(sinks.size()));
        switch (random.nextInt(4)) {
          case 0 -> put();
          case 1 -> take(sink);
          case 2 -> commit(sink);
          default -> rollBack(sink);
        }
        check();
      }
      sinks.forEach(this::rollBack);
      while (!channel.isEmpty()) {
        take(sinks.get(0));
        commit(sinks.get(0));
        check();
      }
      assertThat(ledger.position().offset()).isEqualTo(lastKept);
      assertThat(ledger.isOutstanding()).isFalse();
    }

    /** Some lines, a few of which an interceptor drops. */
    private void put() {
      int lines = random.nextInt(5);
      for (int i = 0; i < lines; i++) {
        var line = new Line(written, written + 1 + random.nextInt(9));
        written = line.end();
        if (random.nextInt(4) != 0) {
          channel.addLast(line);
          undelivered.add(line.start());
          lastKept = line.end();
        }
      }
    }

    private void take(Taken sink) {
      if (!sink.lines.isEmpty()) {
        return;
      }
      sink.account.clear();
      int count = random.nextInt(6);
      for (int i = 0; i < count && !channel.isEmpty(); i++) {
        Line line = channel.pollFirst();
        sink.lines.add(line);
        sink.account.add(ledger, line.start(), line.end(), -line.end(), 0);
      }
      sink.account.taken();
    }

    private void commit(Taken sink) {
      sink.lines.forEach(line -> undelivered.remove(line.start()));
      sink.account.delivered();
      sink.lines.clear();
      sink.account.clear();
    }

    private void rollBack(Taken sink) {
      for (int i = sink.lines.size() - 1; i >= 0; i--) {
        channel.addFirst(sink.lines.get(i));
      }
      sink.lines.clear();
      sink.account.clear();
    }

    private void check() {
      Position position = ledger.position();
      if (!undelivered.isEmpty()) {
        assertThat(position.offset()).isLessThanOrEqualTo(undelivered.first());
      }
      assertThat(position.offset()).isGreaterThanOrEqualTo(lastPosition);
      assertThat(position.anchor()).isEqualTo(-position.offset());
      lastPosition = position.offset();
    }
  }
}
