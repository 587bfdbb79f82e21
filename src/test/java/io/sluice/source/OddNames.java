package io.sluice.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Names whose bytes are no text in UTF-8. Java cannot spell them, but it passes on what it has
 * listed; so a shell makes them, once.
 */
final class OddNames {
  private static final String SCRIPT =
      """
      odd=$(printf '\\374')
      for base in app appb appc appd; do
        n=1
        while [ $n -le 40 ]; do
          : > "$base-$n$odd.log"
          for more in "" .copy .save; do
            for suffix in "" .gz .tmp; do
              : > "$base.log.$n$more$odd$suffix"
            done
          done
          n=$((n + 1))
        done
      done
      """;

  /** By what they would be called with a tilde for the odd byte. */
  private static final Map<String, Path> NAMES = make();

  private OddNames() {}

  /** The name of {@code name}, in which a tilde stands for a byte that is no text. */
  static Path of(String name) {
    Path odd = NAMES.get(name);
    return odd == null ? Path.of(name) : odd;
  }

  static Path plus(Path name, String suffix) {
    return of(spelled(name) + suffix);
  }

  private static String spelled(Path name) {
    return name.toString().replace('\uFFFD', '~');
  }

  private static Map<String, Path> make() {
    try {
      Path folder = Files.createTempDirectory("sluice");
      int status =
          new ProcessBuilder("sh", "-c", SCRIPT).directory(folder.toFile()).start().waitFor();
      var names = new HashMap<String, Path>();
      if (status == 0) {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder)) {
          entries.forEach(path -> names.put(spelled(path.getFileName()), path.getFileName()));
        }
      }
      RotationModel.clear(folder);
      return names;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
