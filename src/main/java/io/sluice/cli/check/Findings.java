package io.sluice.cli.check;

import io.sluice.cli.check.Finding.Severity;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Collects findings, without secrets. Not thread-safe. */
final class Findings {
  private final Secrets secrets;
  private final List<Finding> all = new ArrayList<>();

  Findings(Secrets secrets) {
    this.secrets = secrets;
  }

  void error(int line, String component, String message) {
    add(line, Severity.ERROR, component, message);
  }

  void warn(int line, String component, String message) {
    add(line, Severity.WARNING, component, message);
  }

  void error(Component component, String key, String message) {
    error(component.lineOf(key), component.label(), message);
  }

  void warn(Component component, String key, String message) {
    warn(component.lineOf(key), component.label(), message);
  }

  private void add(int line, Severity severity, String component, String message) {
    var finding = new Finding(line, severity, component, secrets.mask(message));
    if (!all.contains(finding)) {
      all.add(finding);
    }
  }

  /** In the order of the file. */
  List<Finding> sorted() {
    return all.stream()
        .sorted(Comparator.comparingInt(Finding::line).thenComparing(Finding::severity))
        .toList();
  }
}
