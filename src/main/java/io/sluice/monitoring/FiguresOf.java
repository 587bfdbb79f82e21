package io.sluice.monitoring;

import io.sluice.validate.Validator;

/** The figures of {@link #validator}, for the beans that show one. */
public interface FiguresOf extends ValidatorFigures {
  Validator validator();

  @Override
  default long getJudgedCount() {
    return validator().counts().judged();
  }

  @Override
  default long getValidCount() {
    return validator().counts().valid();
  }

  @Override
  default long getInvalidCount() {
    return validator().counts().invalid();
  }

  @Override
  default long getDroppedCount() {
    return validator().counts().dropped();
  }

  @Override
  default long getShadowDifferenceCount() {
    return validator().shadowCounts().differences();
  }

  @Override
  default long getShadowStricterCount() {
    return validator().shadowCounts().stricter();
  }

  @Override
  default long getShadowLooserCount() {
    return validator().shadowCounts().looser();
  }

  @Override
  default long getRulesReloadCount() {
    return validator().reloads();
  }

  @Override
  default long getRulesReloadFailureCount() {
    return validator().reloadFailures();
  }

  @Override
  default String getRulesHash() {
    return validator().rules().hash();
  }

  @Override
  default long getAlarm() {
    return validator().isAlarmRaised() ? 1 : 0;
  }

  @Override
  default long getAlarmCount() {
    return validator().alarms();
  }

  @Override
  default double getInvalidRatio() {
    return validator().invalidRatio();
  }
}
