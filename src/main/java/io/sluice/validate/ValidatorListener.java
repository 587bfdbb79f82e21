package io.sluice.validate;

/**
 * Hears what happens to a validator besides its verdicts. Called by the threads that call {@link
 * Validator#judge}.
 */
public interface ValidatorListener {
  /** A changed rules file was taken over. */
  void rulesReplaced(Rules rules);

  /**
   * A changed rules file was refused; the rules before it stay in force.
   *
   * @param problems everything that is wrong with it, behind the file's name
   */
  void rulesRefused(String problems);

  /**
   * More lines are invalid than allowed.
   *
   * @param ratio the share of invalid lines, from 0 to 1
   */
  void alarmRaised(double ratio);

  /** No more lines are invalid than allowed. */
  void alarmCleared(double ratio);
}
