package io.sluice.http;

import io.sluice.config.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file that holds a secret: whether only those may reach it who should. */
final class SecretFile {
  private SecretFile() {}

  /**
   * Reports a file that other accounts may write or read.
   *
   * @param key the setting that names it, as the user writes it
   * @throws IOException if it cannot be looked at
   */
  static void check(String key, Path file, Problems problems) throws IOException {
    if (!Files.getFileStore(file).supportsFileAttributeView("posix")) {
      return;
    }
    Set<PosixFilePermission> modes = Files.getPosixFilePermissions(file);
    String shown = PosixFilePermissions.toString(modes);
    if (modes.contains(PosixFilePermission.GROUP_WRITE)
        || modes.contains(PosixFilePermission.OTHERS_WRITE)) {
      problems.error(
          "%s = \"%s\" (%s) may be written by other accounts: chmod 600 it."
              .formatted(key, file, shown));
    } else if (modes.contains(PosixFilePermission.OTHERS_READ)) {
      problems.warn(
          "%s = \"%s\" (%s) may be read by every account: chmod 600 it, or 640."
              .formatted(key, file, shown));
    }
  }
}
