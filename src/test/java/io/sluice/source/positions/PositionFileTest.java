package io.sluice.source.positions;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import io.sluice.source.positions.PositionFile.Loaded;
import java.util.List;
import org.junit.jupiter.api.Test;

final class PositionFileTest {
  private static Position position(int inode, long offset) {
    return new Position("tail", new FileIdentity("/log/" + inode, 1, inode, 10, 3), offset, 0);
  }

  @Test
  void aFileThatKafkaDoesNotKnowGoesOnFromThePositionFile() {
    Loaded saved = new Loaded(true, List.of(position(1, 50), position(2, 60)), List.of());
    Loaded both = saved.under(List.of(position(2, 70)));
    assertThat(both.positions()).containsExactly(position(1, 50), position(2, 70));
    assertThat(both.kept()).containsExactly("tail/1:2");
  }

  @Test
  void withNothingInKafkaThePositionFileSpeaksForAll() {
    Loaded saved = new Loaded(true, List.of(position(1, 50)), List.of());
    assertThat(saved.under(List.of())).isEqualTo(saved);
    assertThat(saved.kept()).isEmpty();
  }
}
