package io.sluice.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PositionJsonTest {
  private static final Position ONE =
      new Position(
          "tail", new FileIdentity("/var/log/ä \"b\".log", 64_768, 42, 1_024, -1), 1L << 40, -2);
  private static final Position TWO =
      new Position("tail", new FileIdentity("/b", 1, 2, 0, 0), 0, Anchor.NONE);

  @Test
  void whatIsWrittenIsReadBack() throws IOException {
    assertThat(PositionJson.read(PositionJson.write(ONE))).containsExactly(ONE);
    assertThat(PositionJson.read(PositionJson.write(List.of(ONE, TWO)))).containsExactly(ONE, TWO);
    assertThat(PositionJson.read(PositionJson.write(List.<Position>of()))).isEmpty();
  }

  @Test
  void eachPositionHasALineOfItsOwn() {
    String text = new String(PositionJson.write(List.of(ONE, TWO)), UTF_8);

    assertThat(text.lines()).hasSize(4).filteredOn(line -> line.contains("{")).hasSize(2);
  }

  @Test
  void aHalfWrittenTextIsRefused() {
    byte[] whole = PositionJson.write(List.of(ONE, TWO));
    for (int length = 0; length < whole.length; length++) {
      byte[] half = Arrays.copyOf(whole, length);
      assertThatThrownBy(() -> PositionJson.read(half)).isInstanceOf(IOException.class);
    }
  }

  @Test
  void fieldsOfANewerVersionAreSkipped() throws IOException {
    String newer =
        new String(PositionJson.write(ONE), UTF_8)
            .replaceFirst("\\{", "{\"more\":{\"a\":[1,{}]},\"some\":null,");

    assertThat(PositionJson.read(newer.getBytes(UTF_8))).containsExactly(ONE);
  }

  @Test
  void aMissingFieldIsNamed() {
    String text = new String(PositionJson.write(TWO), UTF_8).replace("\"inode\"", "\"i\"");

    assertThatThrownBy(() -> PositionJson.read(text.getBytes(UTF_8)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("inode");
  }
}
