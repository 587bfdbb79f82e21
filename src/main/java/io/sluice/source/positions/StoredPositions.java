package io.sluice.source.positions;

import io.sluice.delivery.Position;
import io.sluice.delivery.PositionJson;
import io.sluice.source.machine.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** A position file, seen from outside of the agent that writes it. */
public final class StoredPositions {
  private final Path file;

  public StoredPositions(Path file) {
    this.file = file.toAbsolutePath();
  }

  /** Changes positions. */
  @FunctionalInterface
  public interface Change {
    List<Position> apply(List<Position> positions) throws IOException;
  }

  /**
   * What the file holds now. Leaves it as it is, damaged or not.
   *
   * @throws IOException whose message is a sentence for the user
   */
  public List<Position> read() throws IOException {
    byte[] text;
    try {
      text = Files.readAllBytes(file);
    } catch (NoSuchFileException e) {
      throw new IOException("there is no position file " + file + ".", e);
    }
    Optional<List<TaildirPosition>> taildir = TaildirPosition.read(text);
    if (taildir.isPresent() && !taildir.get().isEmpty()) {
      throw new IOException(
          "%s is a position file of TAILDIR; LogFileSource imports it at its first start."
              .formatted(file));
    }
    try {
      return PositionJson.read(text);
    } catch (IOException e) {
      throw new IOException(
          "%s is no position file, or damaged (%s); the one before it is %s.old."
              .formatted(file, e.getMessage(), file),
          e);
    }
  }

  /**
   * Replaces the positions, as safely as the source itself does.
   *
   * @return false, and nothing is changed, if a running source has the file and {@code force} is
   *     not given
   */
  public boolean change(Change change, boolean force) throws IOException {
    Optional<PositionLock> lock = PositionLock.take(file);
    try {
      if (lock.isEmpty() && !force) {
        return false;
      }
      List<Position> changed = change.apply(read());
      new PositionFile("positions", file, Time.SYSTEM).write(PositionJson.write(changed));
      return true;
    } finally {
      if (lock.isPresent()) {
        lock.get().close();
      }
    }
  }
}
