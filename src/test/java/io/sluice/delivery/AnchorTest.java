package io.sluice.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

final class AnchorTest {
  private final byte[] bytes = new byte[300];

  AnchorTest() {
    new Random(1).nextBytes(bytes);
  }

  @Test
  void dependsOnTheSixtyFourBytesBeforeTheOffsetOnly() {
    byte[] moved = new byte[400];
    System.arraycopy(bytes, 100, moved, 17, 100);

    assertThat(Anchor.at(bytes, 200, 200)).isEqualTo(Anchor.at(moved, 117, 64));
  }

  @Test
  void changesWithEveryByteItCovers() {
    long anchor = Anchor.at(bytes, 200, 200);
    for (int i = 136; i < 200; i++) {
      bytes[i] ^= 1;
      assertThat(Anchor.at(bytes, 200, 200)).isNotEqualTo(anchor);
      bytes[i] ^= 1;
    }
  }

  @Test
  void tellsShortHeadsApartByTheirLength() {
    assertThat(Anchor.at(new byte[8], 3, 3)).isNotEqualTo(Anchor.at(new byte[8], 4, 4));
    assertThat(Anchor.at(bytes, 0, 0)).isEqualTo(Anchor.NONE);
  }
}
