package io.sluice.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A program that some tests use and that a machine need not have. */
public enum Tool {
  CHROMIUM("chromium", "chromium", "chromium-browser", "google-chrome"),
  LOGROTATE("logrotate", "logrotate"),
  PROMTOOL("prometheus", "promtool"),
  SYSTEMD_ANALYZE("systemd", "systemd-analyze");

  private final String debianPackage;
  private final List<String> names;

  Tool(String debianPackage, String... names) {
    this.debianPackage = debianPackage;
    this.names = List.of(names);
  }

  /** Where it is, if this machine has it. */
  public Optional<Path> find() {
    return names.stream()
        .flatMap(
            name ->
                List.of(System.getenv("PATH").split(":")).stream()
                    .map(directory -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /** Where it is; only for tests that have it among their {@link Needs}. */
  public Path path() {
    return find().orElseThrow(() -> new IllegalStateException(missing()));
  }

  String missing() {
    return "no %s: apt-get install -y %s".formatted(names.get(0), debianPackage);
  }
}
