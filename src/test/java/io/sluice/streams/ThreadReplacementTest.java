package io.sluice.streams;

import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.REPLACE_THREAD;
import static org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

final class ThreadReplacementTest {
  private final AtomicLong nanos = new AtomicLong();
  private final ThreadReplacement replacement = new ThreadReplacement(nanos::get);

  @Test
  void replacesAThread() {
    assertThat(replacement.handle(new StreamsException(new TimeoutException("x"))))
        .isEqualTo(REPLACE_THREAD);
  }

  @Test
  void endsForWhatANewThreadWouldMeetToo() {
    assertThat(replacement.handle(new StreamsException(new TopicAuthorizationException("t"))))
        .isEqualTo(SHUTDOWN_CLIENT);
  }

  @Test
  void endsAfterManyDeathsWithinAMinute() {
    for (int i = 0; i < ThreadReplacement.MAX_DEATHS; i++) {
      assertThat(replacement.handle(new IllegalStateException())).isEqualTo(REPLACE_THREAD);
    }
    assertThat(replacement.handle(new IllegalStateException())).isEqualTo(SHUTDOWN_CLIENT);

    nanos.addAndGet(Duration.ofSeconds(61).toNanos());
    assertThat(replacement.handle(new IllegalStateException())).isEqualTo(REPLACE_THREAD);
  }
}
