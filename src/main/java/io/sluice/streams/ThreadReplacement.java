package io.sluice.streams;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.LongSupplier;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.streams.errors.MissingSourceTopicException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a new thread in the place of one that died, which then reads on from the last commit. Ends
 * the application where that is no help: for what a new thread would meet again, and after ten
 * deaths within a minute. Thread-safe.
 */
final class ThreadReplacement implements StreamsUncaughtExceptionHandler {
  static final int MAX_DEATHS = 10;

  private static final Logger LOG = LoggerFactory.getLogger(ThreadReplacement.class);
  private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();

  private final LongSupplier nanoTime;
  private final Deque<Long> deaths = new ArrayDeque<>();

  ThreadReplacement(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public StreamThreadExceptionResponse handle(Throwable error) {
    if (isLasting(error)) {
      LOG.error("streams: a thread died of what another would die of too; ending", error);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    if (countDeath() > MAX_DEATHS) {
      LOG.error("streams: more than {} threads died within a minute; ending", MAX_DEATHS, error);
      return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }
    LOG.warn("streams: a thread died and is replaced; its records come again", error);
    return StreamThreadExceptionResponse.REPLACE_THREAD;
  }

  private synchronized int countDeath() {
    long now = nanoTime.getAsLong();
    while (!deaths.isEmpty() && now - deaths.getFirst() > WINDOW_NANOS) {
      deaths.removeFirst();
    }
    deaths.addLast(now);
    return deaths.size();
  }

  private static boolean isLasting(Throwable error) {
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      if (cause instanceof AuthorizationException
          || cause instanceof AuthenticationException
          || cause instanceof UnsupportedVersionException
          || cause instanceof MissingSourceTopicException
          || cause instanceof Error) {
        return true;
      }
    }
    return false;
  }
}
