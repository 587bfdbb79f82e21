package io.sluice.source.files;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import io.sluice.source.machine.Content;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class CheckpointsTest {
  private final AtomicInteger reads = new AtomicInteger();

  /** 5,000 bytes that are all the same. */
  private final Content content =
      new Content() {
        @Override
        public int read(byte[] buffer, int at, int length, long offset) {
          reads.incrementAndGet();
          Arrays.fill(buffer, at, at + length, (byte) 'x');
          return length;
        }

        @Override
        public long size() {
          return 5_000;
        }

        @Override
        public void close() {}
      };

  /** What a start costs must not depend on how many files came and went before it. */
  @Test
  void aNewFileIsComparedOnlyWithThoseThatItCanBe() throws IOException {
    List<Position> stored = new ArrayList<>();
    for (int i = 0; i < 100_000; i++) {
      var file = new FileIdentity("/var/log/old-" + i + ".log", 99, i, 1024, i * 31L + 7);
      stored.add(new Position("tail", file, 5_000 + i % 10_000, i * 17L + 3));
    }
    var checkpoints = new Checkpoints("tail", stored, List.of());
    var file = new FileIdentity("/var/log/new.log", 99, 1_000_000, 0, 0);
    FirstBytes first = FirstBytes.of(content);
    reads.set(0);
    assertThat(checkpoints.takeOwn(file, content)).isEmpty();
    assertThat(checkpoints.takeFitting(first, content, any -> true)).isEmpty();
    assertThat(reads).hasValue(0);
  }

  @Test
  void theOldestAreTakenWhenThereAreTooMany() {
    var checkpoints = new Checkpoints("tail", List.of(), List.of());
    for (int i = 0; i < Checkpoints.MOST + 2; i++) {
      var file = new FileIdentity("/var/log/" + i, 1, i, 10, i);
      checkpoints.add(Checkpoint.of(new Position("tail", file, 5, 6)));
    }
    assertThat(checkpoints.takeSurplus())
        .extracting(Checkpoint::path)
        .containsExactly(Path.of("/var/log/0"), Path.of("/var/log/1"));
    assertThat(checkpoints.takeSurplus()).isEmpty();
    assertThat(checkpoints.contains(new FileKey(1, 1))).isFalse();
    assertThat(checkpoints.contains(new FileKey(1, 2))).isTrue();
  }

  @Test
  void nothingIsFoundThatWasTakenOut() {
    var file = new FileIdentity("/var/log/a.log", 1, 2, 10, 3);
    var checkpoints = new Checkpoints("tail", List.of(new Position("tail", file, 5, 6)), List.of());
    assertThat(checkpoints.takeAllOf(new FileKey(1, 2))).hasSize(1);
    assertThat(checkpoints.takeAllOf(new FileKey(1, 2))).isEmpty();
    assertThat(checkpoints.all()).isEmpty();
  }
}
