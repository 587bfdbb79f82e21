package io.sluice.source.files;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where the files are that links lead to: rotation happens there. Each name is resolved once for
 * each file that it leads to.
 *
 * <p>Used by one thread.
 */
final class Links {
  private final Map<FileKey, Link> resolved = new HashMap<>();
  private final Map<Path, Path> names = new HashMap<>();

  private record Link(Path name, Path target) {}

  /**
   * Where the file of that key is that {@code name} leads to: {@code name} itself if it is there.
   */
  Path target(Path name, FileKey key) {
    Link known = resolved.get(key);
    if (known == null || !known.name().equals(name)) {
      known = new Link(name, resolve(name));
      resolved.put(key, known);
      if (!known.target().equals(name)) {
        names.put(known.target(), name);
      }
    }
    return known.target();
  }

  private static Path resolve(Path name) {
    try {
      return name.toRealPath();
    } catch (IOException e) {
      return name; // It is gone again.
    }
  }

  /** A name that leads to {@code target}. */
  Optional<Path> to(Path target) {
    return Optional.ofNullable(names.get(target));
  }

  /** Forgets the files that do not exist any more. */
  void retain(Collection<FileKey> existing) {
    resolved.keySet().retainAll(existing);
    if (names.size() > resolved.size()) {
      names.values().retainAll(resolved.values().stream().map(Link::name).toList());
    }
  }
}
