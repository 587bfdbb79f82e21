package io.sluice.interceptor;

import io.sluice.validate.Rules;
import io.sluice.validate.ValidatorListener;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the agent's log what happens to a validator. */
final class ValidatorLog implements ValidatorListener {
  private static final Logger LOG = LoggerFactory.getLogger(RangeInterceptor.class);

  private final String component;

  ValidatorLog(String component) {
    this.component = component;
  }

  @Override
  public void rulesReplaced(Rules rules) {
    LOG.info("{}: took over changed rules {} (hash {})", component, rules.names(), rules.hash());
  }

  @Override
  public void rulesRefused(String problems) {
    LOG.error("{}: {}\n  Refused: the rules before it stay in force.", component, problems);
  }

  @Override
  public void alarmRaised(double ratio) {
    LOG.warn(
        "{}: {} of the lines are invalid, more than maxInvalidRatio allows.",
        component,
        percent(ratio));
  }

  @Override
  public void alarmCleared(double ratio) {
    LOG.info(
        "{}: {} of the lines are invalid, within maxInvalidRatio again.",
        component,
        percent(ratio));
  }

  private static String percent(double ratio) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * ratio);
  }
}
