package io.sluice.source.files;

import io.sluice.logging.RepeatingWarning;
import io.sluice.source.config.FileGroup;
import io.sluice.source.config.SourceConfig;
import io.sluice.source.machine.Signals;
import io.sluice.source.machine.Time;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds the files to read. Symbolic links are followed unless that is forbidden; a file with
 * several names is found once.
 *
 * <p>Used by one thread.
 */
public final class Finder {
  private static final Logger LOG = LoggerFactory.getLogger(Finder.class);

  private final String component;
  private final List<FileGroup> groups;
  private final List<PathMatcher> exclusions;
  private final boolean followLinks;
  private final Signals signals;
  private final RepeatingWarning limiter;

  /**
   * A file under one of its names.
   *
   * @param key the same for all its names: device and inode
   */
  record Found(Path path, FileGroup group, Object key, long size, long modifiedMillis) {}

  public Finder(String component, SourceConfig config, Signals signals, Time time) {
    this(component, config.groups(), config.exclusions(), config.followLinks(), signals, time);
  }

  public Finder(
      String component,
      List<FileGroup> groups,
      List<PathMatcher> exclusions,
      boolean followLinks,
      Signals signals,
      Time time) {
    this.component = component;
    this.groups = groups;
    this.exclusions = exclusions;
    this.followLinks = followLinks;
    this.signals = signals;
    this.limiter = new RepeatingWarning(LOG, time::nanos);
  }

  /** The group that files count as which are only read because of another. */
  FileGroup firstGroup() {
    return groups.get(0);
  }

  /** All files that are to be read, those written longest ago first. */
  public List<Found> findAll() {
    Map<Object, Found> found = new LinkedHashMap<>();
    for (FileGroup group : groups) {
      if (group.literal().isPresent()) {
        findLiteral(group, found);
      } else {
        walk(group, found);
      }
    }
    var sorted = new ArrayList<>(found.values());
    sorted.sort(Comparator.comparingLong(Found::modifiedMillis).thenComparing(Found::path));
    return sorted;
  }

  /** The file of that name, if it exists and is to be read. */
  Optional<Found> find(Path path) {
    for (FileGroup group : groups) {
      if (path.startsWith(group.base()) && fits(group, path) && isAllowed(group, path)) {
        try {
          return found(group, path, Files.readAttributes(path, BasicFileAttributes.class));
        } catch (IOException e) {
          return Optional.empty();
        }
      }
    }
    return Optional.empty();
  }

  /** Not if there is a link between the group's folder, which may be one, and the file. */
  private boolean isAllowed(FileGroup group, Path path) {
    for (Path part = path;
        !followLinks && part != null && !part.equals(group.base());
        part = part.getParent()) {
      if (Files.isSymbolicLink(part)) {
        return false;
      }
    }
    return true;
  }

  private boolean fits(FileGroup group, Path path) {
    return group.fits(path)
        && path.getNameCount() - group.base().getNameCount() <= group.depth()
        && (group.hidden() || !hasHiddenDirectory(group.base().relativize(path)))
        && exclusions.stream().noneMatch(exclusion -> exclusion.matches(path));
  }

  private static boolean hasHiddenDirectory(Path relative) {
    for (Path name : relative) {
      if (FileGroup.isHidden(name)) {
        return true;
      }
    }
    return false;
  }

  private static Optional<Found> found(FileGroup group, Path path, BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    if (!attributes.isRegularFile() || key == null) {
      return Optional.empty();
    }
    return Optional.of(
        new Found(path, group, key, attributes.size(), attributes.lastModifiedTime().toMillis()));
  }

  private void findLiteral(FileGroup group, Map<Object, Found> found) {
    try {
      watch(group.base(), Files.readAttributes(group.base(), BasicFileAttributes.class));
    } catch (IOException e) {
      return; // The directory may come later.
    }
    group.literal().flatMap(this::find).ifPresent(file -> found.putIfAbsent(file.key(), file));
  }

  private void watch(Path directory, BasicFileAttributes attributes) {
    Object key = attributes.fileKey();
    signals.watch(directory, key == null ? directory : key);
  }

  private void walk(FileGroup group, Map<Object, Found> found) {
    try {
      Files.walkFileTree(
          group.base(),
          EnumSet.of(FileVisitOption.FOLLOW_LINKS),
          group.depth(),
          new Visitor(group, found));
    } catch (IOException e) {
      failed(group.base(), e);
    }
  }

  private void failed(Path path, IOException cause) {
    if (!(cause instanceof NoSuchFileException)) {
      limiter.warn(
          () ->
              "%s: cannot look into %s (%s); tried again at the next scan"
                  .formatted(component, path, cause));
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final FileGroup group;
    private final Map<Object, Found> found;

    Visitor(FileGroup group, Map<Object, Found> found) {
      this.group = group;
      this.found = found;
    }

    @Override
    public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
      boolean skipped =
          !group.hidden() && FileGroup.isHidden(directory) && !directory.equals(group.base());
      if (skipped || !isAllowed(group, directory)) {
        return FileVisitResult.SKIP_SUBTREE;
      }
      watch(directory, attributes);
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFile(Path path, BasicFileAttributes attributes) {
      if (attributes.isRegularFile() && fits(group, path) && isAllowed(group, path)) {
        found(group, path, attributes).ifPresent(file -> found.putIfAbsent(file.key(), file));
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult visitFileFailed(Path path, IOException cause) {
      failed(path, cause);
      return FileVisitResult.CONTINUE;
    }
  }
}
