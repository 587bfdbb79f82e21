package io.sluice.source;

import java.nio.file.Path;
import java.util.function.Consumer;

/** For a single look at what is there: watches nothing. */
final class NoWatch implements Signals {
  @Override
  public void watch(Path directory, Object key) {}

  @Override
  public boolean await(long millis, Consumer<Path> changed) {
    return false;
  }

  @Override
  public boolean isComplete() {
    return false;
  }

  @Override
  public void close() {}
}
