package io.sluice.source.lines;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class NewlinesTest {
  @Test
  void findsWhatAPlainLoopFinds() {
    var random = new Random(7);
    for (int round = 0; round < 20_000; round++) {
      byte[] buffer = new byte[random.nextInt(40)];
      for (int i = 0; i < buffer.length; i++) {
        // Many bytes that are one bit or one borrow away from a line feed.
        buffer[i] =
            (byte) (random.nextInt(8) == 0 ? random.nextInt(256) : 0x8A - random.nextInt(3));
        if (random.nextInt(20) == 0) {
          buffer[i] = '\n';
        }
      }
      int from = buffer.length == 0 ? 0 : random.nextInt(buffer.length);
      int limit = from + random.nextInt(buffer.length - from + 1);
      assertThat(Newlines.find(buffer, from, limit)).isEqualTo(plainly(buffer, from, limit));
    }
  }

  private static int plainly(byte[] buffer, int from, int limit) {
    for (int i = from; i < limit; i++) {
      if (buffer[i] == '\n') {
        return i;
      }
    }
    return -1;
  }
}
