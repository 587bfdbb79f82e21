package io.sluice.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;

/** The ranges that the rules file has had in a world. */
final class Rules {
  private record Range(int low, int high) {}

  private static final List<Range> RANGES =
      List.of(new Range(10, 20), new Range(0, 100), new Range(15, 15));

  /** By world; a line may have been judged by any of them. */
  private static final Map<World, List<Range>> SEEN = new WeakHashMap<>();

  private Rules() {}

  static void write(World world, int number) {
    Range range = RANGES.get(Math.floorMod(number, RANGES.size()));
    SEEN.computeIfAbsent(world, key -> new ArrayList<>()).add(range);
    try {
      Files.writeString(
          world.rulesFile(), "field = key:v\nrange = [" + range.low() + "," + range.high() + "]\n");
      Files.setLastModifiedTime(
          world.rulesFile(), FileTime.fromMillis(world.clock().agentMillis()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static boolean mayBeValid(World world, Line line) {
    return SEEN.get(world).stream().anyMatch(range -> line.isValid(range.low(), range.high()));
  }

  static boolean isAlwaysValid(World world, Line line) {
    return SEEN.get(world).stream().allMatch(range -> line.isValid(range.low(), range.high()));
  }
}
