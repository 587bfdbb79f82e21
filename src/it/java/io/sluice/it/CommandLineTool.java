package io.sluice.it;

import static io.sluice.suite.Patience.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code bin/sluice} of the packaged archive, each call a process of its own. */
final class CommandLineTool implements AutoCloseable {
  private final Path folder;
  private final List<JavaProcess> started = new ArrayList<>();
  private String options = "-Xmx256m -XX:TieredStopAtLevel=1";

  /**
   * @param folder where the archive is unpacked and outputs go
   */
  CommandLineTool(Path folder) {
    this.folder = folder;
    unpack();
  }

  /**
   * The tool of a plugin in a Flume, where that one's libraries are at hand.
   *
   * @param home the Flume's; made with the libraries of a real one
   */
  static CommandLineTool inFlume(Path home) {
    try {
      Path folder = Files.createDirectories(home.resolve("plugins.d"));
      Files.createSymbolicLink(home.resolve("lib"), Homes.flume().resolve("lib").toAbsolutePath());
      return new CommandLineTool(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Beside the other options for Java. */
  CommandLineTool option(String option) {
    options += " " + option;
    return this;
  }

  JavaProcess start(String... arguments) {
    var command = new ArrayList<String>();
    command.add(folder.resolve("sluice/bin/sluice").toString());
    command.addAll(List.of(arguments));
    var process =
        JavaProcess.script(
            folder, folder.resolve("output-" + started.size() + ".log"), command, options);
    started.add(process);
    return process;
  }

  /** Runs to the end. */
  JavaProcess run(String... arguments) {
    JavaProcess process = start(arguments);
    await("sluice " + arguments[0] + " ends").until(() -> !process.isAlive());

    return process;
  }

  /** Starts the Streams application with the shipped sample, but for these keys. */
  JavaProcess streams(Map<String, String> changed) {
    try {
      Path config = folder.resolve("streams-" + started.size() + ".properties");
      var lines = new ArrayList<String>();
      for (String line :
          Files.readAllLines(folder.resolve("sluice/conf/validator-streams.properties"))) {
        String key = line.split(" = ", 2)[0];
        boolean kept = !changed.containsKey(key) && !replacesRules(key, changed);
        lines.add(kept ? line : "# " + line);
      }
      changed.forEach((key, value) -> lines.add(key + " = " + value.replace("\\", "\\\\")));
      Files.write(config, lines);
      return start("streams", "--config", config.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean replacesRules(String key, Map<String, String> changed) {
    return changed.containsKey("rulesFile") && (key.equals("field") || key.equals("range"));
  }

  @Override
  public void close() {
    started.forEach(JavaProcess::kill);
  }

  private void unpack() {
    try {
      Files.createDirectories(folder);
      Process tar =
          new ProcessBuilder(
                  "tar", "-xzf", Homes.pluginArchive().toString(), "-C", folder.toString())
              .inheritIO()
              .start();
      if (tar.waitFor() != 0) {
        throw new IllegalStateException("the archive cannot be unpacked");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
