package io.sluice.monitoring;

import io.sluice.validate.Reason;
import io.sluice.validate.Validator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Shows a validator and the latest invalid lines to JMX. Thread-safe. */
public class ValidatorState implements ValidatorStateMXBean, FiguresOf {
  private final Validator validator;
  private final InvalidLines latest;

  public ValidatorState(Validator validator, InvalidLines latest) {
    this.validator = validator;
    this.latest = latest;
  }

  @Override
  public Validator validator() {
    return validator;
  }

  @Override
  public Map<String, Long> getInvalidByReason() {
    var named = new TreeMap<String, Long>();
    for (Reason reason : Reason.values()) {
      named.put(reason.name(), validator.counts().invalid(reason));
    }
    return named;
  }

  @Override
  public Map<String, Long> getInvalidByRule() {
    return validator.counts().invalidByRule();
  }

  @Override
  public Map<String, Long> getDroppedByRule() {
    return validator.counts().droppedByRule();
  }

  @Override
  public boolean isRulesFileRefused() {
    return validator.isRulesFileRefused();
  }

  @Override
  public List<InvalidLine> getLatestInvalid() {
    return latest.list();
  }
}
