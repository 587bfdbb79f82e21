package io.sluice.cli;

import io.sluice.config.Problems;
import io.sluice.console.Console;
import java.util.Map;
import java.util.Optional;

/**
 * The console of the Kafka Streams application. It needs Flume's libraries, which are not there
 * where Sluice stands alone; so its class is not named before a key asks for it.
 */
final class StreamsConsole {
  private static final String PREFIX = "console.";

  private final Console console;

  private StreamsConsole(Console console) {
    this.console = console;
  }

  /**
   * @return empty if no key is the console's; what is wrong with those that are is in {@code
   *     problems} afterwards
   */
  static Optional<StreamsConsole> of(Map<String, String> given, Problems problems) {
    if (given.keySet().stream().noneMatch(key -> key.startsWith(PREFIX))) {
      return Optional.empty();
    }
    try {
      return Console.of(PREFIX, given, problems).map(StreamsConsole::new);
    } catch (NoClassDefFoundError e) {
      problems.error(
          "console.* needs the libraries of Flume: unpack Sluice in Flume's plugins.d, or set FLUME_HOME.");
      return Optional.empty();
    }
  }

  void start() {
    console.start();
  }

  void stop() {
    console.stop();
  }
}
