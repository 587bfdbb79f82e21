package io.sluice.interceptor;

import io.sluice.monitoring.FiguresOf;
import io.sluice.validate.Reason;
import io.sluice.validate.Validator;
import org.apache.flume.instrumentation.MonitoredCounterGroup;

/** Shows a validator's counts to JMX and Flume's monitoring. Thread-safe. */
public final class ValidationMetrics extends MonitoredCounterGroup
    implements ValidationMetricsMBean, FiguresOf {
  private static final String EARLIER_INVALID = "earlier.invalid";

  private final Validator validator;

  ValidationMetrics(String name, Validator validator) {
    super(Type.INTERCEPTOR, name, EARLIER_INVALID);
    this.validator = validator;
  }

  @Override
  public Validator validator() {
    return validator;
  }

  void countEarlierInvalid() {
    increment(EARLIER_INVALID);
  }

  @Override
  public long getEarlierInvalidCount() {
    return get(EARLIER_INVALID);
  }

  @Override
  public long getInvalidBelowCount() {
    return validator.counts().invalid(Reason.BELOW);
  }

  @Override
  public long getInvalidAboveCount() {
    return validator.counts().invalid(Reason.ABOVE);
  }

  @Override
  public long getInvalidGapCount() {
    return validator.counts().invalid(Reason.GAP);
  }

  @Override
  public long getInvalidMissingCount() {
    return validator.counts().invalid(Reason.MISSING);
  }

  @Override
  public long getInvalidNotANumberCount() {
    return validator.counts().invalid(Reason.NOT_A_NUMBER);
  }

  @Override
  public long getInvalidNotAnIntegerCount() {
    return validator.counts().invalid(Reason.NOT_AN_INTEGER);
  }

  @Override
  public long getInvalidUnparsableCount() {
    return validator.counts().invalid(Reason.UNPARSABLE);
  }

  @Override
  public String getInvalidByRule() {
    return validator.counts().invalidByRule().toString();
  }

  @Override
  public String getDroppedByRule() {
    return validator.counts().droppedByRule().toString();
  }
}
