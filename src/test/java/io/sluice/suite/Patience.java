package io.sluice.suite;

import java.time.Duration;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;

/**
 * How long tests wait for a condition: long enough that only a fault, and never a slow machine,
 * makes them give up. Waiting ends when the condition holds, so a large limit costs nothing.
 */
public final class Patience {
  public static final Duration LIMIT = Duration.ofMinutes(5);

  /** For a process that was asked to stop; a client that hangs takes Kafka's two minutes. */
  public static final Duration STOP = Duration.ofMinutes(1);

  private static final Duration POLL = Duration.ofMillis(50);

  private Patience() {}

  /** Waits for what is described, which is named if it never comes. */
  public static ConditionFactory await(String description) {
    return Awaitility.await(description).atMost(LIMIT).pollInterval(POLL);
  }

  /** Lets time pass where the time itself is the trouble, such as the length of an outage. */
  public static void pass(Duration time) {
    Awaitility.await("some time").pollDelay(time).atMost(time.plus(LIMIT)).until(() -> true);
  }
}
