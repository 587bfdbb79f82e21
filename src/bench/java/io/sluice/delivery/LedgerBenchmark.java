package io.sluice.delivery;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Time and allocation for one line's account, from the sink's take to the position's move. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class LedgerBenchmark {
  private static final int LINES = 10_000;
  private static final int LINE_BYTES = 107;

  /** How many files take turns in a batch, a run of lines each. */
  @Param({"1", "100"})
  private int files = 1;

  private final BatchAccount account = new BatchAccount();
  private Ledger[] ledgers = {};
  private long offset;

  @Setup(Level.Iteration)
  public void openLedgers() {
    ledgers = new Ledger[files];
    for (int file = 0; file < files; file++) {
      var identity = new FileIdentity("/var/log/app/" + file + ".log", file, 0, 0, 0);
      ledgers[file] = new Ledger(new Position("bench", identity, 0, 0));
    }
    offset = 0;
  }

  @Benchmark
  @OperationsPerInvocation(LINES)
  public Position batch() {
    int run = LINES / files;
    account.clear();
    for (Ledger ledger : ledgers) {
      for (int line = 0; line < run; line++) {
        long start = offset + (long) line * LINE_BYTES;
        account.add(ledger, start, start + LINE_BYTES, line, 0);
      }
    }
    account.taken();
    account.delivered();
    offset += (long) run * LINE_BYTES;
    return ledgers[0].position();
  }
}
