package io.sluice.cli;

import io.sluice.delivery.Position;
import io.sluice.source.positions.PositionCheck;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One position with what is around it.
 *
 * @param deliveryId null in a position file
 * @param owner who wrote the delivery id's positions last; null in a position file
 * @param file what has become of the file, on this machine
 */
record PositionRow(
    @Nullable String deliveryId, @Nullable String owner, Position position, PositionCheck file) {
  static PositionRow of(@Nullable String deliveryId, @Nullable String owner, Position position) {
    return new PositionRow(deliveryId, owner, position, PositionCheck.of(position));
  }

  String path() {
    return position.file().path();
  }

  String state() {
    return file.state().name().toLowerCase(Locale.ROOT);
  }

  /** Bytes behind the position; -1 if that cannot be told. */
  long lag() {
    return file.size() < position.offset() ? -1 : file.size() - position.offset();
  }
}
