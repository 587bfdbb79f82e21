package io.sluice.interceptor;

import io.sluice.config.Problems;
import io.sluice.config.Settings;
import io.sluice.config.Values;
import io.sluice.event.Verdicts;
import io.sluice.validate.HeaderLookup;
import io.sluice.validate.RuleSettings;
import io.sluice.validate.Rules;
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
 * <p>Never throws, whatever an event holds: a source would offer the same batch for ever. Safe for
 * use by many threads, as sources that listen on the network do.
 */
public final class RangeInterceptor implements Interceptor {
  /** All keys, of the rules and of the interceptor itself. */
  public static final Settings SETTINGS =
      Settings.of("RangeInterceptor").and(RuleSettings.SETTINGS).beside("type");

  private static final Logger LOG = LoggerFactory.getLogger(RangeInterceptor.class);

  private static final byte[] NO_BODY = {};

  private final Rules rules;

  private RangeInterceptor(Rules rules) {
    this.rules = rules;
  }

  @Override
  public void initialize() {}

  @Override
  public @Nullable Event intercept(Event event) {
    return judge(event) instanceof Dropped ? null : event;
  }

  @Override
  public List<Event> intercept(List<Event> events) {
    List<Event> kept = null;
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      if (judge(event) instanceof Dropped) {
        kept = kept == null ? new ArrayList<>(events.subList(0, i)) : kept;
      } else if (kept != null) {
        kept.add(event);
      }
    }
    return kept == null ? events : kept;
  }

  private Verdict judge(Event event) {
    if (Verdicts.of(event).orElse(Verdict.VALID) instanceof Invalid earlier) {
      return earlier;
    }
    byte[] body = event.getBody();
    Verdict verdict = rules.judge(body == null ? NO_BODY : body, headersOf(event));
    if (!(verdict instanceof Dropped)) {
      Verdicts.put(event, verdict);
    }
    return verdict;
  }

  private HeaderLookup headersOf(Event event) {
    Map<String, String> headers = rules.readsHeaders() ? event.getHeaders() : null;
    return headers == null ? HeaderLookup.NONE : headers::get;
  }

  @Override
  public void close() {}

  /** What the agent's configuration names. */
  public static final class Builder implements Interceptor.Builder {
    private @Nullable Rules rules;

    /**
     * @throws io.sluice.config.ConfigurationException naming every problem
     */
    @Override
    public void configure(Context context) {
      var problems = new Problems("interceptor RangeInterceptor");
      Map<String, String> given = context.getParameters();
      Values values = SETTINGS.parse(given, problems);
      rules = Rules.compile(given, values, problems).orElse(null);
      problems.warnings().forEach(LOG::warn);
      problems.throwIfAny(
          "the agent runs on without the source behind this interceptor and nothing will be"
              + " shipped from it.");
    }

    @Override
    public Interceptor build() {
      if (rules == null) {
        throw new IllegalStateException("configure first");
      }
      return new RangeInterceptor(rules);
    }
  }
}
