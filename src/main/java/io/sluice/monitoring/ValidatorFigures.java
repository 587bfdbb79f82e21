package io.sluice.monitoring;

/** The numbers of a validator since its start. Names are public. */
public interface ValidatorFigures {
  /** Lines checked. Lines offered again, after a crash or a full channel, count again. */
  long getJudgedCount();

  long getValidCount();

  long getInvalidCount();

  long getDroppedCount();

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
