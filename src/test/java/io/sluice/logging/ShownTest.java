package io.sluice.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;

final class ShownTest {
  @Test
  void ordinaryTextIsLeftAsItIs() {
    assertThat(Shown.of(Path.of("/var/log/\u00fcbung 1/\ud835\udd38-\u6587.log")))
        .isEqualTo("/var/log/\u00fcbung 1/\ud835\udd38-\u6587.log");
  }

  @Test
  void whatMovesACursorForgesALineOrTurnsTextAroundIsSpelled() {
    assertThat(Shown.of("a\nERROR b\r\u001b[31m\u009b\u202e\u2028\u200b\ud800$1\\"))
        .isEqualTo(
            "a\\u{a}ERROR b\\u{d}\\u{1b}[31m\\u{9b}\\u{202e}\\u{2028}\\u{200b}\\u{d800}$1\\");
  }

  @Test
  void aRepeatingWarningIsOneLine() {
    Logger log = org.mockito.Mockito.mock(Logger.class);

    new RepeatingWarning(log, () -> 0).warn("cannot read a\nERROR b");

    org.mockito.Mockito.verify(log).warn("{}{}", "cannot read a\\u{a}ERROR b", "");
  }
}
