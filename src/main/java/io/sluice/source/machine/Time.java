package io.sluice.source.machine;

/** The clocks of the source; tests bring their own. */
public interface Time {
  /** For spans of time, as {@link System#nanoTime()}. */
  long nanos();

  /** For comparing with the times that the file system notes. */
  long epochMillis();

  /** Waits for so long. */
  void sleep(long millis) throws InterruptedException;

  /** The machine's. */
  Time SYSTEM =
      new Time() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long epochMillis() {
          return System.currentTimeMillis();
        }

        @Override
        public void sleep(long millis) throws InterruptedException {
          Thread.sleep(millis);
        }
      };
}
