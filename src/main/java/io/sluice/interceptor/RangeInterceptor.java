package io.sluice.interceptor;

import io.sluice.config.Problems;
import io.sluice.config.Settings;
import io.sluice.config.Values;
import io.sluice.event.EventHeaders;
import io.sluice.event.LogEvent;
import io.sluice.event.Tracked;
import io.sluice.event.Verdicts;
import io.sluice.logging.ValidatorLog;
import io.sluice.monitoring.Beans;
import io.sluice.monitoring.InvalidLines;
import io.sluice.monitoring.ValidatorState;
import io.sluice.validate.HeaderLookup;
import io.sluice.validate.Rules;
import io.sluice.validate.Validator;
import io.sluice.validate.Verdict;
import io.sluice.validate.Verdict.Dropped;
import io.sluice.validate.Verdict.Invalid;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.interceptor.Interceptor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges each event by rules and puts the verdict on it; drops what a rule says to drop.
 *
 * <p>Never throws, whatever an event holds: a source would retry the same batch forever. Safe for
 * use by many threads, as sources that listen on the network do.
 */
public final class RangeInterceptor implements Interceptor {
  /** All keys, of the rules and of the interceptor itself. */
  public static final Settings SETTINGS = RangeSettings.ALL;

  private static final Logger LOG = LoggerFactory.getLogger(RangeInterceptor.class);
  private static final byte[] NO_BODY = {};

  private final String component;
  private final Validator validator;
  private final ValidationMetrics metrics;
  private final InvalidLines latestInvalid;
  private final ValidatorState state;
  private final String metricsName;

  private RangeInterceptor(
      String component, String metricsName, Validator validator, InvalidLines latestInvalid) {
    this.component = component;
    this.metricsName = metricsName;
    this.validator = validator;
    this.latestInvalid = latestInvalid;
    this.metrics = new ValidationMetrics(metricsName, validator);
    this.state = new ValidatorState(validator, latestInvalid);
  }

  @Override
  public void initialize() {
    metrics.start();
    Beans.show("validator", metricsName, state);
    Rules rules = validator.rules();
    LOG.info("{}: checks lines by rules {} (hash {})", component, rules.names(), rules.hash());
  }

  @Override
  public @Nullable Event intercept(Event event) {
    latestInvalid.tick();
    if (isDropped(event, validator.refresh())) {
      return null;
    }
    show(event);
    return event;
  }

  @Override
  public List<Event> intercept(List<Event> events) {
    latestInvalid.tick();
    long invalidBefore = invalidCount();
    Rules rules = validator.refresh();
    List<Event> kept = null;
    int seen = 0;
    for (Event event : events) {
      if (isDropped(event, rules)) {
        kept = kept == null ? new ArrayList<>(events.subList(0, seen)) : kept;
      } else if (kept != null) {
        kept.add(event);
      }
      seen++;
    }
    List<Event> passed = kept == null ? events : kept;
    if (latestInvalid.hasRoom() && invalidCount() != invalidBefore) {
      passed.forEach(this::show); // a few times a second, so the check itself pays nothing
    }
    return passed;
  }

  private long invalidCount() {
    return validator.counts().invalid() + metrics.getEarlierInvalidCount();
  }

  private boolean isDropped(Event event, Rules rules) {
    boolean counted = event instanceof LogEvent line && line.isRetried();
    if (Verdicts.of(event).orElse(Verdict.VALID) instanceof Invalid) {
      if (!counted) {
        metrics.countEarlierInvalid();
      }
      return false;
    }
    byte[] body = event.getBody() == null ? NO_BODY : event.getBody();
    HeaderLookup headers = headersOf(event, rules);
    Verdict verdict = counted ? rules.judge(body, headers) : validator.judge(rules, body, headers);
    if (verdict instanceof Dropped) {
      if (event instanceof Tracked tracked) {
        tracked.dropped();
      }
      return true;
    }
    Verdicts.put(event, verdict);
    if (validator.stampsRules()) {
      event.getHeaders().put(EventHeaders.RULES, rules.hash());
    }
    return false;
  }

  private void show(Event event) {
    if (latestInvalid.hasRoom()
        && Verdicts.of(event).orElse(Verdict.VALID) instanceof Invalid verdict) {
      boolean line = event instanceof LogEvent;
      String file = line ? ((LogEvent) event).path() : "";
      long offset = line ? ((LogEvent) event).start() : -1;
      latestInvalid.add(verdict, file, offset, System.currentTimeMillis());
    }
  }

  private static HeaderLookup headersOf(Event event, Rules rules) {
    Map<String, String> headers = rules.readsHeaders() ? event.getHeaders() : null;
    return headers == null ? HeaderLookup.NONE : headers::get;
  }

  @Override
  public void close() {
    metrics.stop();
    Beans.hide("validator", metricsName, state);
  }

  /** What the agent's configuration names. */
  public static final class Builder implements Interceptor.Builder {
    private @Nullable Validator validator;
    private String component = "";
    private String metricsName = "";
    private InvalidLines latestInvalid = InvalidLines.none();

    /**
     * @throws io.sluice.config.ConfigurationException naming every problem
     */
    @Override
    public void configure(Context context) {
      Map<String, String> given = context.getParameters();
      component = component(given);
      var problems = new Problems(component);
      Values values = SETTINGS.parse(given, problems);
      var log = new ValidatorLog(LOG, component);
      metricsName = values.get(RangeSettings.METRICS_NAME);
      latestInvalid =
          new InvalidLines(
              values.get(RangeSettings.LATEST_INVALID), values.get(RangeSettings.MASK_VALUES));
      validator = Validator.create(given, values, problems, log).orElse(null);
      problems.warnings().forEach(LOG::warn);
      problems.throwIfAny(
          "nothing will be shipped from the source behind this interceptor, which goes with it.");
    }

    /** Flume gives an interceptor no name; it uses the name of its counters. */
    private static String component(Map<String, String> given) {
      String name = given.get(RangeSettings.METRICS_NAME.key());
      return name == null ? "RangeInterceptor" : "RangeInterceptor '" + name + "'";
    }

    @Override
    public Interceptor build() {
      if (validator == null) {
        throw new IllegalStateException("configure first");
      }
      return new RangeInterceptor(component, metricsName, validator, latestInvalid);
    }
  }
}
