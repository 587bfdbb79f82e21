package io.sluice.streams;

import io.sluice.validate.Reason;
import io.sluice.validate.Validator;
import java.util.Map;
import java.util.TreeMap;

/** Shows a validator's counts to JMX. Thread-safe. */
final class ValidationFigures implements ValidationFiguresMXBean {
  private final Validator validator;

  ValidationFigures(Validator validator) {
    this.validator = validator;
  }

  @Override
  public long getJudgedCount() {
    return validator.counts().judged();
  }

  @Override
  public long getValidCount() {
    return validator.counts().valid();
  }

  @Override
  public long getInvalidCount() {
    return validator.counts().invalid();
  }

  @Override
  public long getDroppedCount() {
    return validator.counts().dropped();
  }

  @Override
  public Map<String, Long> getInvalidByReason() {
    var named = new TreeMap<String, Long>();
    for (Reason reason : Reason.values()) {
      named.put(reason.name(), validator.counts().invalid(reason));
    }
    return named;
  }

  @Override
  public Map<String, Long> getInvalidByRule() {
    return validator.counts().invalidByRule();
  }

  @Override
  public Map<String, Long> getDroppedByRule() {
    return validator.counts().droppedByRule();
  }

  @Override
  public long getShadowDifferenceCount() {
    return validator.shadowCounts().differences();
  }

  @Override
  public long getShadowStricterCount() {
    return validator.shadowCounts().stricter();
  }

  @Override
  public long getShadowLooserCount() {
    return validator.shadowCounts().looser();
  }

  @Override
  public long getRulesReloadCount() {
    return validator.reloads();
  }

  @Override
  public long getRulesReloadFailureCount() {
    return validator.reloadFailures();
  }

  @Override
  public String getRulesHash() {
    return validator.rules().hash();
  }

  @Override
  public long getAlarm() {
    return validator.isAlarmRaised() ? 1 : 0;
  }

  @Override
  public long getAlarmCount() {
    return validator.alarms();
  }

  @Override
  public double getInvalidRatio() {
    return validator.invalidRatio();
  }
}
