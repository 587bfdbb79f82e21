package io.sluice.validate;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Against the JDK's strict decoder. */
final class Utf8PropertyTest {
  private static final int[] BYTES = {
    0x00, 0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xED,
    0xEF, 0xF0, 0xF1, 0xF4, 0xF5, 0xFF
  };

  @Test
  void agreesWithTheDecoderOnBytesAtTheBounds() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    for (int i = 0; i < 200_000; i++) {
      byte[] bytes = new byte[random.nextInt(20)];
      int common = random.nextInt(3);
      for (int at = 0; at < bytes.length; at++) {
        bytes[at] = (byte) (random.nextInt(3) < common ? 'a' : BYTES[random.nextInt(BYTES.length)]);
      }
      assertThat(Utf8.isValid(bytes)).as("seed %d, round %d", seed, i).isEqualTo(decodes(bytes));
    }
  }

  @Test
  void takesEveryCharacterAndNoSurrogate() {
    for (int point = 0; point <= Character.MAX_CODE_POINT; point += point < 0x11000 ? 1 : 257) {
      boolean surrogate = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
      if (!surrogate) {
        byte[] bytes = ("1234567" + Character.toString(point)).getBytes(StandardCharsets.UTF_8);
        assertThat(Utf8.isValid(bytes)).as("U+%X", point).isTrue();
      }
    }
  }

  private static boolean decodes(byte[] bytes) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
