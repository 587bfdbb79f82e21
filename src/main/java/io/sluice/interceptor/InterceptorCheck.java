package io.sluice.interceptor;

import io.sluice.config.Problems;
import io.sluice.config.Values;
import io.sluice.logging.ValidatorLog;
import io.sluice.validate.Validator;
import java.util.Map;
import org.slf4j.LoggerFactory;

/** Reads a {@link RangeInterceptor}'s configuration, its rules file too, without Flume. */
public final class InterceptorCheck {
  private InterceptorCheck() {}

  /** Adds all that is wrong to {@code problems}; returns the name of its counters. */
  public static String read(Map<String, String> given, Problems problems) {
    Values values = RangeSettings.ALL.parse(given, problems);
    var log = new ValidatorLog(LoggerFactory.getLogger(InterceptorCheck.class), "");
    Validator.create(given, values, problems, log);
    return values.get(RangeSettings.METRICS_NAME);
  }
}
