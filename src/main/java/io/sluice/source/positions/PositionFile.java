package io.sluice.source.positions;

import io.sluice.delivery.Position;
import io.sluice.delivery.PositionJson;
import io.sluice.logging.RepeatingWarning;
import io.sluice.source.machine.Time;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The positions on disk. A crash at any moment leaves either the old or the new positions, whole:
 * they are written aside, forced, renamed over the old ones, and the directory is forced. The file
 * before that is kept as {@code .old}, for the case that somebody else damages this one; who
 * removes this one wants to begin again.
 *
 * <p>Thread-safe: the source saves while it runs, a sink that finishes later saves once more.
 */
public final class PositionFile {
  private static final Logger LOG = LoggerFactory.getLogger(PositionFile.class);

  /** Names of files and hashes of what is in them are nobody else's business. */
  static final FileAttribute<Set<PosixFilePermission>> MODE =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-r-----"));

  private final String component;
  private final Path file;
  private final Path aside;
  private final Path old;
  private final RepeatingWarning limiter;
  private byte[] saved = new byte[0];
  private @Nullable PositionLock lock;

  /**
   * What was found.
   *
   * @param existed whether this source has ever saved positions, readable or not
   * @param imported positions of TAILDIR, to be used once
   * @param kept keys of those that need not be committed first, because Kafka has them
   */
  public record Loaded(
      boolean existed, List<Position> positions, List<TaildirPosition> imported, Set<String> kept) {
    public Loaded(boolean existed, List<Position> positions, List<TaildirPosition> imported) {
      this(existed, positions, imported, Set.of());
    }

    /**
     * With the positions in Kafka, which count. Of files that Kafka does not know this one speaks
     * still: the guarantee was raised, and their positions have not come to Kafka yet.
     */
    public Loaded under(List<Position> committed) {
      if (committed.isEmpty()) {
        return this;
      }
      Set<String> known = committed.stream().map(Position::key).collect(Collectors.toSet());
      List<Position> all = new ArrayList<>(positions);
      all.removeIf(position -> known.contains(position.key()));
      all.addAll(committed);
      return new Loaded(true, all, List.of(), known);
    }
  }

  public PositionFile(String component, Path file, Time time) {
    this.component = component;
    this.file = file;
    this.aside = sibling(".new");
    this.old = sibling(".old");
    this.limiter = new RepeatingWarning(LOG, time::nanos);
  }

  /** All files that a source with this position file writes. */
  public static Set<Path> namesOf(Path positionFile) {
    Path file = positionFile.toAbsolutePath().normalize();
    return Stream.of("", ".new", ".old", ".lock", ".damaged", ".taildir")
        .map(suffix -> Path.of(file + suffix))
        .collect(Collectors.toUnmodifiableSet());
  }

  /** Reads the positions, or if the file is damaged the copy before it. */
  public synchronized Loaded load() throws IOException {
    if (!Files.exists(file)) {
      if (Files.exists(old)) {
        Files.delete(old);
        LOG.info(
            "{}: the position file {} was removed; every file is read from its start.",
            component,
            file);
      }
      return new Loaded(false, List.of(), List.of());
    }
    byte[] text = Files.readAllBytes(file);
    Optional<List<TaildirPosition>> taildir = TaildirPosition.read(text);
    if (taildir.isPresent() && !taildir.get().isEmpty()) {
      Path kept = sibling(".taildir");
      Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
      LOG.info(
          "{}: {} holds {} positions of TAILDIR; they are imported, and kept in {}.",
          component,
          file,
          taildir.get().size(),
          kept);
      return new Loaded(true, List.of(), taildir.get());
    }
    try {
      return new Loaded(true, PositionJson.read(text), List.of());
    } catch (IOException e) {
      Path damaged = sibling(".damaged");
      Files.move(file, damaged, StandardCopyOption.REPLACE_EXISTING);
      List<Position> positions = previous();
      if (!positions.isEmpty()) {
        Files.copy(old, file); // a missing file would mean: from the start
      }
      LOG.error(
          "{}: the position file {} is damaged ({}). It is kept as {}. Reading continues from the"
              + " copy before it, with {} positions; files that have none are read from their"
              + " beginning.",
          component,
          file,
          e.getMessage(),
          damaged,
          positions.size());
      return new Loaded(true, positions, List.of());
    }
  }

  /**
   * Keeps the positions for this source alone, until {@link #release} or the end of the process.
   * Where that cannot be had the source runs all the same, and says what that may cost.
   */
  public synchronized void reserve() {
    try {
      lock = PositionLock.take(file).orElse(null);
      if (lock == null) {
        LOG.error(
            "{}: the position file {} is in use by another source or process. Each overwrites the"
                + " other's positions, and a start repeats lines; give each its own positionFile.",
            component,
            file);
      }
    } catch (IOException e) {
      LOG.debug("{}: the position file {} cannot be locked", component, file, e);
    }
  }

  public synchronized void release() {
    PositionLock held = lock;
    lock = null;
    if (held != null) {
      try {
        held.close();
      } catch (IOException e) {
        LOG.debug("{}: the lock of {} ends with the process", component, file, e);
      }
    }
  }

  private List<Position> previous() {
    try {
      return Files.exists(old) ? PositionJson.read(Files.readAllBytes(old)) : List.of();
    } catch (IOException e) {
      LOG.error("{}: the copy {} cannot be read either: {}", component, old, e.getMessage());
      return List.of();
    }
  }

  /**
   * Writes the positions if they have changed. A full disk or the like is told and leaves the old
   * ones as they are; the next call tries again.
   *
   * @return whether the positions are on disk now
   */
  public synchronized boolean save(List<Position> positions) {
    byte[] text = PositionJson.write(positions);
    if (Arrays.equals(text, saved)) {
      return true;
    }
    try {
      write(text);
      saved = text;
      return true;
    } catch (IOException e) {
      limiter.warn(
          () ->
              "%s: positions cannot be written to %s (%s). Shipping continues; a crash now would"
                      .formatted(component, file, e)
                  + " repeat lines. Tried again at the next interval");
      return false;
    }
  }

  void write(byte[] text) throws IOException {
    Path directory = directory();
    Files.createDirectories(directory);
    if (!Files.isDirectory(aside, LinkOption.NOFOLLOW_LINKS)) {
      Files.deleteIfExists(aside); // It may be a link, or have another mode.
    }
    try (FileChannel channel =
        FileChannel.open(
            aside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), MODE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text);
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    keepPrevious();
    Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  /** A second name, not a copy: costs no space, and the file is never missing. */
  private void keepPrevious() throws IOException {
    if (!Files.exists(file)) {
      return;
    }
    Files.deleteIfExists(old);
    try {
      Files.createLink(old, file);
    } catch (IOException | UnsupportedOperationException e) {
      LOG.debug("{} has no second names; the previous positions are copied", directory(), e);
      Files.copy(file, old, StandardCopyOption.REPLACE_EXISTING);
    }
  }

  private Path directory() {
    Path parent = file.toAbsolutePath().getParent();
    return parent == null ? file : parent;
  }

  private Path sibling(String suffix) {
    return Path.of(file + suffix);
  }
}
