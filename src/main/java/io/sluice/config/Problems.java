package io.sluice.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that is wrong with one component's configuration, so that it can be told at once.
 *
 * <p>Not thread-safe; lives only while a configuration is read.
 */
public final class Problems {
  private final String component;
  private final List<String> errors = new ArrayList<>();
  private final List<String> warnings = new ArrayList<>();
  private final List<String> mistakes = new ArrayList<>();

  /**
   * @param component kind and name as the user knows them, such as {@code source 'tail'}
   */
  public Problems(String component) {
    this.component = component;
  }

  public void error(String problem) {
    errors.add(problem);
  }

  /** Something that works for now, such as an old name of a key. */
  public void warn(String problem) {
    warnings.add(problem);
  }

  /** Something that is surely not meant, although the component can run: a warning, and more. */
  public void mistake(String problem) {
    warnings.add(problem);
    mistakes.add(component + ": " + problem);
  }

  /** Whether one of the {@link #warnings} was a {@link #mistake}. */
  public boolean isMistake(String warning) {
    return mistakes.contains(warning);
  }

  public String component() {
    return component;
  }

  public List<String> errors() {
    return List.copyOf(errors);
  }

  /** The warnings, each a whole sentence that names the component. */
  public List<String> warnings() {
    return warnings.stream().map(warning -> component + ": " + warning).toList();
  }

  /**
   * Refuses the configuration if there is at least one error.
   *
   * @throws ConfigurationException whose message lists all of them
   */
  public void throwIfAny() {
    if (!errors.isEmpty()) {
      throw new ConfigurationException(describe());
    }
  }

  /**
   * Refuses the configuration of an agent's component if there is at least one error, and says what
   * that costs. Ends the process if it was {@linkplain Refusal told to}.
   *
   * @param consequence a sentence without its beginning, such as "nothing will be shipped by it."
   * @throws ConfigurationException whose message lists all errors
   */
  public void throwIfAny(String consequence) {
    if (!errors.isEmpty()) {
      String message =
          "%s%n  Refused: %s, and %s".formatted(describe(), Refusal.consequence(), consequence);
      Refusal.endIfAsked(message);
      throw new ConfigurationException(message);
    }
  }

  /** All errors as one text, behind the component. */
  public String describe() {
    if (errors.size() == 1) {
      return component + ": " + errors.get(0);
    }
    var text = new StringBuilder(component).append(": ").append(errors.size()).append(" problems");
    for (int i = 0; i < errors.size(); i++) {
      text.append("\n  ").append(i + 1).append(". ").append(errors.get(i));
    }
    return text.toString();
  }
}
