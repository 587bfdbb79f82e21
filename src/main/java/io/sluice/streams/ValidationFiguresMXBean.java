package io.sluice.streams;

import java.util.Map;

/**
 * What JMX sees of the application, beside what Kafka Streams itself shows. The names are public,
 * and those of the interceptor. What is judged anew after a crash is counted anew.
 */
public interface ValidationFiguresMXBean {
  /** Records judged by this instance since its start. */
  long getJudgedCount();

  long getValidCount();

  long getInvalidCount();

  long getDroppedCount();

  /** Invalid records by reason, such as {@code BELOW}; all reasons, zeros too. */
  Map<String, Long> getInvalidByReason();

  /** Invalid records by rule and reason, such as {@code hot.ABOVE}; only what occurred. */
  Map<String, Long> getInvalidByRule();

  /** Dropped records by rule and reason. */
  Map<String, Long> getDroppedByRule();

  /** Records that the shadow rules would send another way. */
  long getShadowDifferenceCount();

  /** Those of them that are valid and would not be. */
  long getShadowStricterCount();

  /** Those of them that are not valid and would be. */
  long getShadowLooserCount();

  long getRulesReloadCount();

  long getRulesReloadFailureCount();

  /** Twelve hexadecimal digits that change with the rules. */
  String getRulesHash();

  /** 1 while more records are invalid than allowed, else 0. */
  long getAlarm();

  /** How often that became so. */
  long getAlarmCount();

  /** The share of invalid records that the alarm last saw, from 0 to 1. */
  double getInvalidRatio();
}
