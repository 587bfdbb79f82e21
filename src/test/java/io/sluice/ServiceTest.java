package io.sluice;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.suite.Needs;
import io.sluice.suite.Tool;
import org.junit.jupiter.api.Test;

/** {@code conf/sluice.service}. */
final class ServiceTest {
  /** In tenths; 30 is where systemd's own word changes from OK to MEDIUM and worse. */
  private static final int MOST_EXPOSURE = 29;

  @Test
  @Needs(Tool.SYSTEMD_ANALYZE)
  void theAgentMayDoLittleElse() throws Exception {
    Process systemd =
        new ProcessBuilder(
                Tool.SYSTEMD_ANALYZE.path().toString(),
                "security",
                "--offline=true",
                "--threshold=" + MOST_EXPOSURE,
                "conf/sluice.service")
            .redirectErrorStream(true)
            .start();
    String said = new String(systemd.getInputStream().readAllBytes(), UTF_8);

    assertThat(systemd.waitFor()).as(said).isZero();
  }
}
