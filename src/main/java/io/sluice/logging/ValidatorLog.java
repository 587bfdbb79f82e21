package io.sluice.logging;

import io.sluice.validate.Rules;
import io.sluice.validate.ValidatorListener;
import java.util.Locale;
import org.slf4j.Logger;

/** Tells the log what happens to a validator. Thread-safe. */
public final class ValidatorLog implements ValidatorListener {
  private final Logger log;
  private final String component;

  /**
   * @param component kind and name, to begin each message with
   */
  public ValidatorLog(Logger log, String component) {
    this.log = log;
    this.component = component;
  }

  @Override
  public void rulesReplaced(Rules rules) {
    log.info("{}: took over changed rules {} (hash {})", component, rules.names(), rules.hash());
  }

  @Override
  public void rulesRefused(String problems) {
    log.error("{}: {}\n  Refused: the rules before it stay in force.", component, problems);
  }

  @Override
  public void alarmRaised(double ratio) {
    log.warn(
        "{}: {} of the lines are invalid, more than maxInvalidRatio allows.",
        component,
        percent(ratio));
  }

  @Override
  public void alarmCleared(double ratio) {
    log.info(
        "{}: {} of the lines are invalid, within maxInvalidRatio again.",
        component,
        percent(ratio));
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
  }
}
