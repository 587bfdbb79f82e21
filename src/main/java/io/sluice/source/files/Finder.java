package io.sluice.source.files;

import io.sluice.logging.RepeatingWarning;
import io.sluice.logging.Shown;
import io.sluice.source.config.FileGroup;
import io.sluice.source.config.SourceConfig;
import io.sluice.source.machine.Signals;
import io.sluice.source.machine.Time;
import io.sluice.source.positions.PositionFile;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
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

  /** What the source writes itself; a file that fed itself would never end. */
  private final Set<Path> ownFiles;

  private final boolean followLinks;
  private final Time time;
  private final Links links = new Links();

  /** Where links lead, as far as it is known to be watched since the last scan began. */
  private final Set<Path> watchedTargets = new HashSet<>();

  private long lastNanos;
  private final Signals signals;
  private final RepeatingWarning limiter;

  /**
   * A file under one of its names.
   *
   * @param real where it is, if {@code path} leads there through links, else {@code path}
   */
  public record Found(
      Path path, Path real, FileGroup group, FileKey key, long size, long modifiedMillis) {
    boolean isLinked() {
      return !real.equals(path);
    }
  }

  public Finder(String component, SourceConfig config, Signals signals, Time time) {
    this(
        component,
        config.groups(),
        config.exclusions(),
        PositionFile.namesOf(config.positionFile()),
        config.followLinks(),
        signals,
        time);
  }

  public Finder(
      String component,
      List<FileGroup> groups,
      List<PathMatcher> exclusions,
      Set<Path> ownFiles,
      boolean followLinks,
      Signals signals,
      Time time) {
    this.component = component;
    this.groups = groups;
    this.exclusions = exclusions;
    this.ownFiles = ownFiles;
    this.time = time;
    this.followLinks = followLinks;
    this.signals = signals;
    this.limiter = new RepeatingWarning(LOG, time::nanos);
  }

  /**
   * The group of a file that was once called {@code path}, or something with more behind: what is
   * app.log.1 was an app.log.
   */
  FileGroup groupOf(Path path) {
    return groupOf(path, groups.get(0));
  }

  /** The same, or {@code otherwise} if the name says nothing. */
  FileGroup groupOf(Path path, FileGroup otherwise) {
    Path file = path.getFileName();
    String name = file == null ? "" : file.toString();
    for (int length = name.length(); length > 0; length--) {
      Path shorter = length == name.length() ? path : named(path, name.substring(0, length));
      for (FileGroup group : groups) {
        if (group.fits(shorter)) {
          return group;
        }
      }
    }
    return otherwise;
  }

  private static Path named(Path path, String name) {
    try {
      return path.resolveSibling(name);
    } catch (InvalidPathException e) {
      return path; // A name that is no text under this locale has no shorter ones.
    }
  }

  /** All files that are to be read, those written longest ago first. */
  public List<Found> findAll() {
    long start = time.nanos();
    watchedTargets.clear();
    Map<FileKey, Found> found = new LinkedHashMap<>();
    for (FileGroup group : groups) {
      if (group.literal().isPresent()) {
        findLiteral(group, found);
      } else {
        walk(group, group.base(), group.depth(), found);
      }
    }
    var sorted = new ArrayList<>(found.values());
    sorted.sort(Comparator.comparingLong(Found::modifiedMillis).thenComparing(Found::path));
    links.retain(found.keySet());
    lastNanos = time.nanos() - start;
    return sorted;
  }

  /** How long {@link #findAll} took the last time. */
  long lastNanos() {
    return lastNanos;
  }

  /** All files below {@code folder} that are to be read, if it is a folder. */
  List<Found> below(Path folder) {
    Map<FileKey, Found> found = new LinkedHashMap<>();
    if (Files.isDirectory(folder)) {
      for (FileGroup group : groups) {
        int level = folder.getNameCount() - group.base().getNameCount();
        if (group.literal().isEmpty() && folder.startsWith(group.base()) && level < group.depth()) {
          walk(group, folder, group.depth() - level, found);
        }
      }
    }
    return List.copyOf(found.values());
  }

  /** The file of that name, or to which a link of that name leads, if it is to be read. */
  Optional<Found> find(Path path) {
    return findNamed(path).or(() -> links.to(path).flatMap(this::findNamed));
  }

  /** Whether the file of that key at {@code path} is to be read, under this name or another. */
  boolean finds(Path path, FileKey key) {
    return find(path).filter(found -> found.key().equals(key)).isPresent();
  }

  private Optional<Found> findNamed(Path path) {
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

  private Optional<Found> found(FileGroup group, Path path, BasicFileAttributes attributes) {
    Optional<FileKey> key = FileKey.of(attributes).filter(any -> attributes.isRegularFile());
    if (key.isEmpty() || ownFiles.contains(path)) {
      return Optional.empty();
    }
    Path real = followLinks ? links.target(path, key.get()) : path;
    if (ownFiles.contains(real)) {
      return Optional.empty();
    }
    var file =
        new Found(
            path,
            real,
            group,
            key.get(),
            attributes.size(),
            attributes.lastModifiedTime().toMillis());
    if (file.isLinked()) {
      watchTarget(real);
    }
    return Optional.of(file);
  }

  /** Where the file is, it is rotated; where the link is, nothing shows of that. */
  private void watchTarget(Path real) {
    Path folder = real.getParent();
    if (folder != null && watchedTargets.add(folder)) {
      try {
        watch(folder, Files.readAttributes(folder, BasicFileAttributes.class));
      } catch (IOException e) {
        LOG.debug("{} cannot be watched", folder, e);
      }
    }
  }

  private void findLiteral(FileGroup group, Map<FileKey, Found> found) {
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

  private void walk(FileGroup group, Path folder, int depth, Map<FileKey, Found> found) {
    try {
      Files.walkFileTree(
          folder, EnumSet.of(FileVisitOption.FOLLOW_LINKS), depth, new Visitor(group, found));
    } catch (IOException e) {
      failed(folder, e);
    }
  }

  private void failed(Path path, IOException cause) {
    if (!(cause instanceof NoSuchFileException)) {
      limiter.warn(
          () ->
              "%s: cannot look into %s (%s); tried again at the next scan"
                  .formatted(component, Shown.of(path), cause));
    }
  }

  private final class Visitor extends SimpleFileVisitor<Path> {
    private final FileGroup group;
    private final Map<FileKey, Found> found;

    Visitor(FileGroup group, Map<FileKey, Found> found) {
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
