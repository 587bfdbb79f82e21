package io.sluice.interceptor;

import io.sluice.monitoring.ValidatorFigures;

/**
 * What Flume's monitoring sees of an interceptor: numbers and plain texts. No attribute is ever
 * null.
 */
public interface ValidationMetricsMBean extends ValidatorFigures {
  /** INTERCEPTOR; Flume's monitoring puts it before the name. */
  String getType();

  /** When the interceptor was started, in milliseconds since 1970. */
  long getStartTime();

  long getStopTime();

  /** Lines that already had an invalid verdict. They keep it and are not checked. */
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
}
