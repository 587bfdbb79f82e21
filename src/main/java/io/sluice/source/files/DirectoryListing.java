package io.sluice.source.files;

import io.sluice.source.config.FileGroup;
import io.sluice.source.files.Finder.Found;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The files of a directory, whether or not they are looked for. */
final class DirectoryListing {
  private DirectoryListing() {}

  /** All regular files; none if the directory cannot be read. They count as {@code group}'s. */
  static List<Found> in(Path directory, FileGroup group) {
    List<Found> listing = new ArrayList<>();
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        BasicFileAttributes attributes = Files.readAttributes(entry, BasicFileAttributes.class);
        Object key = attributes.fileKey();
        if (attributes.isRegularFile() && key != null) {
          listing.add(
              new Found(
                  entry, group, key, attributes.size(), attributes.lastModifiedTime().toMillis()));
        }
      }
    } catch (IOException e) {
      return listing;
    }
    return listing;
  }

  /** The files beside {@code path}, and itself if it exists. */
  static List<Found> of(Path path, FileGroup group) {
    return directory(path).map(directory -> in(directory, group)).orElse(List.of());
  }

  static Optional<Path> directory(Path path) {
    return Optional.ofNullable(path.getParent());
  }

  /** The inode number as text. */
  static Optional<String> inode(Found found) {
    try {
      return Optional.of(String.valueOf(Files.getAttribute(found.path(), "unix:ino")));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
