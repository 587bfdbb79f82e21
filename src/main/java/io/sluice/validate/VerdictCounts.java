package io.sluice.validate;

import io.sluice.validate.Verdict.Dropped;
import io.sluice.validate.Verdict.Invalid;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * How many lines got which verdict, by rule and reason. Counts only grow, also when rules are
 * replaced: a rule keeps its counts as long as it keeps its name. Thread-safe.
 */
public final class VerdictCounts {
  private final LongAdder valid = new LongAdder();
  private final ByReason invalid = new ByReason();
  private final ByReason dropped = new ByReason();

  /** Counts of one outcome. */
  private static final class ByReason {
    private final LongAdder total = new LongAdder();
    private final Map<String, Map<Reason, LongAdder>> rules = new ConcurrentHashMap<>();

    void add(String rule, Reason reason) {
      total.increment();
      LongAdder adder = rules.computeIfAbsent(rule, any -> adders()).get(reason);
      if (adder != null) {
        adder.increment();
      }
    }

    /** For all reasons at once, so that the map itself never changes and needs no lock. */
    private static Map<Reason, LongAdder> adders() {
      var adders = new EnumMap<Reason, LongAdder>(Reason.class);
      for (Reason reason : Reason.values()) {
        adders.put(reason, new LongAdder());
      }
      return adders;
    }

    long of(Reason reason) {
      return rules.values().stream()
          .flatMap(reasons -> reasons.entrySet().stream())
          .filter(entry -> entry.getKey() == reason)
          .mapToLong(entry -> entry.getValue().sum())
          .sum();
    }

    Map<String, Long> byRuleAndReason() {
      var result = new TreeMap<String, Long>();
      rules.forEach(
          (rule, reasons) ->
              reasons.forEach(
                  (reason, adder) -> {
                    if (adder.sum() > 0) {
                      result.put(rule + "." + reason, adder.sum());
                    }
                  }));
      return result;
    }
  }

  VerdictCounts() {}

  void add(Verdict verdict) {
    if (verdict instanceof Invalid no) {
      invalid.add(no.rule(), no.reason());
    } else if (verdict instanceof Dropped drop) {
      dropped.add(drop.rule(), drop.reason());
    } else {
      valid.increment();
    }
  }

  /** All lines: valid, invalid and dropped. */
  public long judged() {
    return valid() + invalid() + dropped();
  }

  public long valid() {
    return valid.sum();
  }

  public long invalid() {
    return invalid.total.sum();
  }

  public long dropped() {
    return dropped.total.sum();
  }

  public long invalid(Reason reason) {
    return invalid.of(reason);
  }

  /** Invalid lines by {@code rule.REASON}, sorted; only what occurred. */
  public Map<String, Long> invalidByRule() {
    return invalid.byRuleAndReason();
  }

  /** Dropped lines by {@code rule.REASON}, sorted; only what occurred. */
  public Map<String, Long> droppedByRule() {
    return dropped.byRuleAndReason();
  }
}
