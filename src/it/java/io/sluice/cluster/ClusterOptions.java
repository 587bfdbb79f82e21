package io.sluice.cluster;

import io.sluice.it.ClusterShape;
import java.util.OptionalInt;

/**
 * What {@code bin/cluster} was asked for.
 *
 * @param broker the number of the broker that is meant; none means the whole cluster
 */
record ClusterOptions(String command, OptionalInt broker, ClusterShape shape, int port) {
  private static final int DEFAULT_PORT = 9092;

  /** Controllers listen 10,000 higher, and a node may have nine brokers. */
  private static final int HIGHEST_PORT = 55_000;

  /**
   * @throws IllegalArgumentException whose message is for the user
   */
  static ClusterOptions parse(String... arguments) {
    if (arguments.length == 0) {
      throw new IllegalArgumentException("a command is missing");
    }
    String command = arguments[0];
    OptionalInt broker = OptionalInt.empty();
    int brokers = 1;
    int nodes = 1;
    int port = DEFAULT_PORT;
    for (int i = 1; i < arguments.length; i++) {
      String argument = arguments[i];
      switch (argument) {
        case "--brokers" -> brokers = number(argument, value(arguments, ++i));
        case "--nodes" -> nodes = number(argument, value(arguments, ++i));
        case "--port" -> port = port(number(argument, value(arguments, ++i)));
        default -> broker = OptionalInt.of(broker(argument));
      }
    }
    var options = new ClusterOptions(command, broker, new ClusterShape(brokers, nodes), port);
    options.check(arguments.length);
    return options;
  }

  private void check(int arguments) {
    switch (command) {
      case "start" -> require(broker.isEmpty() || arguments == 2, "start BROKER has no options");
      case "status", "stop" -> require(arguments == 1, command + " has no options");
      case "kill", "pause", "resume" ->
          require(broker.isPresent() && arguments == 2, command + " needs the number of a broker");
      default -> throw new IllegalArgumentException("unknown command " + command);
    }
  }

  private static void require(boolean fulfilled, String message) {
    if (!fulfilled) {
      throw new IllegalArgumentException(message);
    }
  }

  private static String value(String[] arguments, int index) {
    require(index < arguments.length, arguments[index - 1] + " needs a value");
    return arguments[index];
  }

  private static int broker(String argument) {
    require(!argument.startsWith("-"), "unknown option " + argument);
    return number("the broker", argument);
  }

  private static int port(int port) {
    require(
        port >= 1024 && port <= HIGHEST_PORT,
        "--port = %d is not from 1024 to %d".formatted(port, HIGHEST_PORT));
    return port;
  }

  private static int number(String what, String text) {
    require(text.matches("\\d{1,5}"), "%s = \"%s\" is not a whole number".formatted(what, text));
    return Integer.parseInt(text);
  }
}
