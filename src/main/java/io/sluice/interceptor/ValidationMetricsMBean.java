package io.sluice.interceptor;

/** What monitoring sees of an interceptor. Names are public; no attribute is ever null. */
public interface ValidationMetricsMBean {
  /** INTERCEPTOR; Flume's monitoring puts it before the name. */
  String getType();

  /** When the interceptor was started, in milliseconds since 1970. */
  long getStartTime();

  long getStopTime();

  /** Lines judged; valid ones of a batch that the source offers again are counted again. */
  long getJudgedCount();

  long getValidCount();

  long getInvalidCount();

  long getDroppedCount();

  /** Lines that came with an invalid verdict, which stays. Not judged. */
  long getEarlierInvalidCount();

  long getInvalidBelowCount();

  long getInvalidAboveCount();

  long getInvalidGapCount();

  long getInvalidMissingCount();

  long getInvalidNotANumberCount();

  long getInvalidNotAnIntegerCount();

  long getInvalidUnparsableCount();

  /** Invalid lines by rule and reason, such as {@code {hot.ABOVE=3, hot.MISSING=1}}. */
  String getInvalidByRule();

  /** Dropped lines by rule and reason. */
  String getDroppedByRule();

  /** Lines that the shadow rules would send another way. */
  long getShadowDifferenceCount();

  /** Those of them that are valid and would not be. */
  long getShadowStricterCount();

  /** Those of them that are not valid and would be. */
  long getShadowLooserCount();

  long getRulesReloadCount();

  long getRulesReloadFailureCount();

  /** Twelve hexadecimal digits that change with the rules. */
  String getRulesHash();

  /** 1 while more lines are invalid than allowed, else 0. */
  long getAlarm();

  /** How often that became so. */
  long getAlarmCount();

  /** The share of invalid lines that the alarm last saw, from 0 to 1. */
  double getInvalidRatio();
}
