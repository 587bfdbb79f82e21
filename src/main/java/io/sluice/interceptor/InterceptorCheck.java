package io.sluice.interceptor;

import io.sluice.config.Problems;
import io.sluice.config.Values;
import io.sluice.logging.ValidatorLog;
import io.sluice.validate.Validator;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/** Reads a {@link RangeInterceptor}'s configuration, its rules file too, without Flume. */
public final class InterceptorCheck {
  private InterceptorCheck() {}

  /** Adds all that is wrong to {@code problems}; returns the name of its counters. */
  public static String read(Map<String, String> given, Problems problems) {
    Values values = RangeSettings.ALL.parse(given, problems);
    validator(given, values, problems);
    return values.get(RangeSettings.METRICS_NAME);
  }

  /** What the interceptor would judge by; empty with all that is wrong in {@code problems}. */
  public static Optional<Validator> validator(Map<String, String> given, Problems problems) {
    int before = problems.errors().size();
    Values values = RangeSettings.ALL.parse(given, problems);
    return validator(given, values, problems)
        .filter(validator -> problems.errors().size() == before);
  }

  private static Optional<Validator> validator(
      Map<String, String> given, Values values, Problems problems) {
    var log = new ValidatorLog(LoggerFactory.getLogger(InterceptorCheck.class), "");
    return Validator.create(given, values, problems, log);
  }
}
