package io.sluice.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class RotatedNameTest {
  @ParameterizedTest
  @CsvSource({
    "app.log, app.log.1, true",
    "app.log, app.log.2.gz, true",
    "app.log, app.log-20260101, true",
    "app.log, app-2026-01-01.log, true",
    "app.log, app.1.log, true",
    "0.log, 0.log.20260101-000000, true",
    "app.log, app.log, false",
    "app.log, app.log.pos, false",
    "app.log, app.log.lock, false",
    "app.log, other.log.1, false",
    "app.log, app-audit.log, false",
    "app.log, ap, false",
  })
  void rotationAddsACountOrADate(String original, String name, boolean rotated) {
    assertThat(RotatedName.isOf(Path.of("/var/log", original), Path.of("/var/log", name)))
        .isEqualTo(rotated);
  }
}
