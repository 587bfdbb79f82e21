package io.sluice.source.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PathTextTest {
  @ParameterizedTest
  @ValueSource(strings = {"app.log", "a%20b%25.log", "%D0%B6.log", "b%FC.log", "a%0Ab", "file:x"})
  void aNameSurvivesAsText(String encoded) {
    Path path = Path.of(URI.create("file:///var/log/" + encoded));
    assertThat(PathText.path(PathText.of(path))).isEqualTo(path);
  }

  @Test
  void namesInUtf8StayReadable() {
    assertThat(PathText.of(PathText.path("/var/log/\u0436.log"))).isEqualTo("/var/log/\u0436.log");
  }

  @Test
  void aTextThatNoPathHasIsNoFile() {
    assertThat(PathText.path("a\0b")).isEqualTo(Path.of("/"));
  }
}
