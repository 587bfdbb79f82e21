package io.sluice.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.delivery.Position;
import io.sluice.delivery.PositionJson;
import io.sluice.simulation.Topic.Entry;
import io.sluice.simulation.Topic.Transaction;
import io.sluice.source.positions.Fingerprint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Looks at the positions each time they change, in Kafka or on disk: they never pass a line that
 * Kafka does not have, and never go back.
 */
final class CommittedPositions {
  private final World world;
  private final Path file;

  /** The last offset of each file and of what was in it. */
  private final Map<String, Long> offsets = new HashMap<>();

  private Object fileKey = "";

  CommittedPositions(World world, Path file) {
    this.world = world;
    this.file = file;
  }

  /** Positions were lost, or are about to be: files are read from their start. */
  void forget() {
    offsets.clear();
  }

  /** Positions came with records. */
  void committed(Transaction transaction) {
    Topic topic = world.broker().topic(World.POSITIONS);
    List<Position> positions = new ArrayList<>();
    for (Entry entry : topic == null ? List.<Entry>of() : topic.partitions.get(0)) {
      boolean ours = entry.transaction == transaction && !entry.isMarker();
      if (ours && isPosition(entry)) {
        positions.addAll(read(entry.record.value()));
      }
    }
    check(positions);
  }

  private static boolean isPosition(Entry entry) {
    return entry.record.value() != null && new String(entry.record.key(), UTF_8).contains("/");
  }

  /** The source may have saved them. */
  void saved() {
    try {
      Object key = Files.readAttributes(file, "unix:ino").get("ino");
      if (!key.equals(fileKey)) {
        fileKey = key;
        check(read(Files.readAllBytes(file)));
      }
    } catch (NoSuchFileException e) {
      return; // nothing was read yet
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<Position> read(byte[] text) {
    try {
      return PositionJson.read(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void check(List<Position> positions) {
    if (positions.isEmpty() || world.isReported()) {
      return;
    }
    Predicate<Line> delivered = Promises.delivered(world);
    for (Position position : positions) {
      if (position.file().headLength() == 0) {
        continue; // of nothing: it says where nothing is to be skipped
      }
      List<List<Line>> contents = new ArrayList<>();
      world.logs().contents().stream()
          .filter(lines -> isOf(position, lines))
          .forEach(contents::add);
      if (contents.stream().noneMatch(lines -> firstMissing(position, lines, delivered) == null)) {
        Line missing =
            contents.isEmpty() ? null : firstMissing(position, contents.get(0), delivered);
        world.violated(
            "position %d of %s is past %s"
                .formatted(
                    position.offset(),
                    position.file().path().replaceAll(".*/", ""),
                    missing == null ? "what was written" : Promises.name(missing)));
      }
      if (contents.size() == 1 && world.logs().isThere(contents.get(0))) {
        String key = position.key() + "/" + System.identityHashCode(contents.get(0));
        long before = offsets.getOrDefault(key, 0L);
        if (position.offset() < before) {
          world.violated(
              "position of %s goes back from %d to %d"
                  .formatted(
                      position.file().path().replaceAll(".*/", ""), before, position.offset()));
        }
        offsets.put(key, position.offset());
      }
    }
  }

  /** Whether a file of these lines begins as the position's file, and is long enough. */
  private static boolean isOf(Position position, List<Line> lines) {
    var text = new StringBuilder();
    lines.forEach(line -> text.append(line.text).append('\n'));
    byte[] bytes = text.toString().getBytes(UTF_8);
    int length = position.file().headLength();
    return bytes.length >= Math.max(length, position.offset())
        && Fingerprint.of(bytes, length).hash() == position.file().headHash();
  }

  private static Line firstMissing(Position position, List<Line> lines, Predicate<Line> delivered) {
    long end = 0;
    for (Line line : lines) {
      end += line.text.getBytes(UTF_8).length + 1;
      if (end <= position.offset() && !line.mayBeMissing && !delivered.test(line)) {
        return line;
      }
    }
    return null;
  }
}
