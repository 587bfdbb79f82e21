package io.sluice.monitoring;

import java.util.List;
import java.util.Map;

/**
 * A validator seen through JMX: {@code type=validator} in an agent, {@code type=streams} in the
 * Kafka Streams application.
 */
public interface ValidatorStateMXBean extends ValidatorFigures {
  /** Invalid lines by reason, such as {@code BELOW}; all reasons, zeros too. */
  Map<String, Long> getInvalidByReason();

  /** Invalid lines by rule and reason, such as {@code hot.ABOVE}; only what occurred. */
  Map<String, Long> getInvalidByRule();

  /** Dropped lines by rule and reason. */
  Map<String, Long> getDroppedByRule();

  /** The rules file as it is now was refused, and older rules are in force. */
  boolean isRulesFileRefused();

  /** The latest invalid lines, a sample of them, the newest first. */
  List<InvalidLine> getLatestInvalid();
}
