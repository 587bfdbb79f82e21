package io.sluice.source;

import java.nio.file.Path;
import java.util.function.Consumer;

/** A system that tells of no change: everything is found by scanning. */
record NoSignals(Time time) implements Signals {
  @Override
  public void watch(Path directory, Object key) {}

  @Override
  public boolean await(long millis, Consumer<Path> changed) throws InterruptedException {
    time.sleep(millis);
    return true;
  }

  @Override
  public boolean isComplete() {
    return false;
  }

  @Override
  public void close() {}
}
