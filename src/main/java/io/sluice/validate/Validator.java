package io.sluice.validate;

import io.sluice.config.Problems;
import io.sluice.config.Setting;
import io.sluice.config.Values;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Rules in force, with their counts, their file and their alarm.
 *
 * <p>Thread-safe: many threads may call {@link #judge} at once. Between batches a thread calls
 * {@link #refresh} and judges the whole batch by what it gives; rules change nowhere else.
 */
public final class Validator {
  /** How often the file and the alarm are looked at, at most. */
  private static final long INTERVAL_NANOS = Duration.ofSeconds(1).toNanos();

  private final VerdictCounts counts = new VerdictCounts();
  private final ShadowCounts shadowCounts = new ShadowCounts();
  private final AtomicLong reloads = new AtomicLong();
  private final AtomicLong reloadFailures = new AtomicLong();
  private final AtomicLong alarms = new AtomicLong();
  private final ReentrantLock looking = new ReentrantLock();

  private final @Nullable RulesFile file;
  private final @Nullable QualityAlarm alarm;
  private final boolean stampsRules;
  private final ValidatorListener listener;
  private final LongSupplier nanoTime;

  private volatile Rules rules;
  private volatile boolean rulesFileRefused;
  private volatile long nextLook;

  private Validator(
      Rules rules,
      @Nullable RulesFile file,
      Values values,
      ValidatorListener listener,
      LongSupplier nanoTime) {
    this.rules = rules;
    this.file = file;
    this.listener = listener;
    this.nanoTime = nanoTime;
    this.stampsRules = values.get(ValidatorSettings.STAMP_RULES);
    long now = nanoTime.getAsLong();
    this.nextLook = now + INTERVAL_NANOS;
    this.alarm =
        values
            .find(ValidatorSettings.MAX_INVALID_RATIO)
            .map(
                ratio ->
                    new QualityAlarm(
                        ratio,
                        values.get(ValidatorSettings.ALARM_WINDOW),
                        values.get(ValidatorSettings.ALARM_MINIMUM),
                        now))
            .orElse(null);
  }

  /**
   * A validator, unless something is wrong with the settings or the rules file; all of that is then
   * added to {@code problems}.
   *
   * @param values {@code given}, parsed by settings that include {@link ValidatorSettings#SETTINGS}
   */
  public static Optional<Validator> create(
      Map<String, String> given, Values values, Problems problems, ValidatorListener listener) {
    return create(given, values, problems, listener, System::nanoTime);
  }

  static Optional<Validator> create(
      Map<String, String> given,
      Values values,
      Problems problems,
      ValidatorListener listener,
      LongSupplier nanoTime) {
    if (!given.containsKey(ValidatorSettings.RULES_FILE.key())) {
      return Rules.compile(given, values, problems)
          .map(rules -> new Validator(rules, null, values, listener, nanoTime));
    }
    refuseInline(given, problems);
    return values
        .find(ValidatorSettings.RULES_FILE)
        .map(RulesFile::new)
        .flatMap(
            file ->
                firstRules(file, problems)
                    .map(rules -> new Validator(rules, file, values, listener, nanoTime)));
  }

  private static void refuseInline(Map<String, String> given, Problems problems) {
    for (String key : given.keySet()) {
      for (Setting<?> setting : RuleSettings.SETTINGS.list()) {
        if (setting.isPrefix() ? key.startsWith(setting.key()) : key.equals(setting.key())) {
          problems.error("%s is set next to rulesFile; it belongs in that file.".formatted(key));
        }
      }
    }
  }

  private static Optional<Rules> firstRules(RulesFile file, Problems problems) {
    var inFile = new Problems("rulesFile");
    Optional<Rules> rules = file.load(inFile);
    inFile
        .errors()
        .forEach(error -> problems.error("rulesFile %s: %s".formatted(file.path(), error)));
    return rules;
  }

  /**
   * The rules for the next batch. Once a second at most, looks whether the rules file has changed
   * and whether the alarm is due; between, costs a look at the clock.
   */
  public Rules refresh() {
    if (nanoTime.getAsLong() - nextLook >= 0 && looking.tryLock()) {
      try {
        long now = nanoTime.getAsLong();
        if (now - nextLook >= 0) {
          lookAtFile();
          lookAtAlarm(now);
          nextLook = now + INTERVAL_NANOS;
        }
      } finally {
        looking.unlock();
      }
    }
    return rules;
  }

  private void lookAtFile() {
    if (file == null || !file.hasSettledChange()) {
      return;
    }
    var problems = new Problems("rules file " + file.path());
    Optional<Rules> changed = file.load(problems);
    rulesFileRefused = changed.isEmpty();
    if (changed.isPresent()) {
      rules = changed.get();
      reloads.incrementAndGet();
      listener.rulesReplaced(changed.get());
    } else {
      reloadFailures.incrementAndGet();
      listener.rulesRefused(problems.describe());
    }
  }

  private void lookAtAlarm(long now) {
    if (alarm == null) {
      return;
    }
    switch (alarm.check(now, counts.judged(), counts.invalid())) {
      case RAISED -> {
        alarms.incrementAndGet();
        listener.alarmRaised(alarm.ratio());
      }
      case CLEARED -> listener.alarmCleared(alarm.ratio());
      case NONE -> {}
    }
  }

  /**
   * The verdict by {@code batchRules}, counted.
   *
   * @param batchRules what {@link #refresh} gave for this batch
   */
  public Verdict judge(Rules batchRules, byte[] line, HeaderLookup headers) {
    Verdict verdict = batchRules.judge(line, headers);
    counts.add(verdict);
    if (batchRules.shadow().isPresent()) {
      shadowCounts.add(verdict, batchRules.shadow().get().judge(line, headers));
    }
    return verdict;
  }

  /** Whether checked lines carry {@link Rules#hash}. */
  public boolean stampsRules() {
    return stampsRules;
  }

  /** The rules in force now, for those who only show them. */
  public Rules rules() {
    return rules;
  }

  public VerdictCounts counts() {
    return counts;
  }

  public ShadowCounts shadowCounts() {
    return shadowCounts;
  }

  public long reloads() {
    return reloads.get();
  }

  public long reloadFailures() {
    return reloadFailures.get();
  }

  /** The rules file as it is now was refused, and older rules are in force. */
  public boolean isRulesFileRefused() {
    return rulesFileRefused;
  }

  /** How often the alarm was raised. */
  public long alarms() {
    return alarms.get();
  }

  public boolean isAlarmRaised() {
    return alarm != null && alarm.isRaised();
  }

  /** The share of invalid lines that the alarm last saw, from 0 to 1; 0 without an alarm. */
  public double invalidRatio() {
    return alarm == null ? 0 : alarm.ratio();
  }
}
