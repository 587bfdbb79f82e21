package io.sluice.sink;

import io.sluice.config.Problems;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Whether the producer may be idempotent (KIP-98), which is what keeps its retries from repeating
 * and reordering records. What the user asks for wins over it, unless exactly-once needs it.
 */
public final class Idempotence {
  /**
   * One property that can stand against it.
   *
   * @param cost what the user accepts with it
   */
  private record Condition(
      String key, String needed, Predicate<String> isMet, String otherwise, String cost) {
    boolean holds(Map<String, String> producer) {
      return isMet.test(producer.getOrDefault(key, otherwise));
    }
  }

  private static final List<Condition> CONDITIONS =
      List.of(
          new Condition(
              "acks",
              "all",
              value -> !value.equals("0") && !value.equals("1"),
              "all",
              "lines are lost when the broker that has just taken them fails"),
          new Condition(
              "retries",
              "retries",
              value -> !value.matches("0+"),
              "",
              "after a failed request the sink sends the whole batch again, so lines are repeated"),
          new Condition(
              "max.in.flight.requests.per.connection",
              "5 at most",
              value -> !value.matches("\\d{1,9}") || Integer.parseInt(value) <= 5,
              "",
              "a request that is sent again can repeat lines and change their order"),
          new Condition(
              "enable.idempotence",
              "true",
              value -> !value.equalsIgnoreCase("false"),
              "true",
              "a request that is sent again can repeat lines and change their order"));

  private Idempotence() {}

  /** Whether nothing in {@code producer} is against it. */
  public static boolean isPossible(Map<String, String> producer) {
    return CONDITIONS.stream().allMatch(condition -> condition.holds(producer));
  }

  /** Says what each property costs that is against it; under exactly-once it is refused. */
  static void check(Map<String, String> producer, boolean exactlyOnce, Problems problems) {
    for (Condition condition : CONDITIONS) {
      if (condition.holds(producer)) {
        continue;
      }
      String given =
          "kafka.producer.%s = \"%s\"".formatted(condition.key(), producer.get(condition.key()));
      if (exactlyOnce) {
        problems.error(
            "%s breaks exactly-once, which needs %s.".formatted(given, condition.needed()));
      } else {
        problems.warn(given + " is used as given: " + condition.cost() + ".");
      }
    }
  }
}
