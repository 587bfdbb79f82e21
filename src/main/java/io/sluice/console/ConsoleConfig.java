package io.sluice.console;

import io.sluice.config.Problems;
import io.sluice.config.Setting;
import io.sluice.config.Settings;
import io.sluice.config.Values;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Where the console listens, and whom it answers. Immutable. */
record ConsoleConfig(String host, int port, Optional<String> token, int fileMetrics) {
  private static final int SHORTEST_TOKEN = 16;
  private static final Pattern VISIBLE = Pattern.compile("[!-~]{" + SHORTEST_TOKEN + ",4096}");

  static final Setting<String> HOST =
      Setting.string("host")
          .defaultsTo("127.0.0.1")
          .doc("Address to listen on; 0.0.0.0 is all of them. Beyond this machine, set a token.");

  static final Setting<Integer> PORT =
      Setting.integer("port")
          .between(0, 65_535)
          .defaultsTo(41414)
          .doc("Port to listen on; 0 takes any free one and the log says which.");

  static final Setting<String> TOKEN =
      Setting.string("token")
          .doc(
              "Whoever wants numbers has to send `Authorization: Bearer TOKEN`; at least "
                  + SHORTEST_TOKEN
                  + " visible ASCII characters. It is to be seen in the list of processes: rather"
                  + " use tokenFile.");

  static final Setting<Path> TOKEN_FILE =
      Setting.of("tokenFile", "the path of a file", Path::of)
          .doc("File that holds nothing but the token.");

  static final Setting<Integer> FILE_METRICS =
      Setting.integer("fileMetrics")
          .between(0, 1_000)
          .defaultsTo(50)
          .unit("files")
          .doc(
              "Most files with metrics of their own at a time; each keeps its place for an hour, so"
                  + " that many short-lived names make few time series. 0 turns these metrics"
                  + " off.");

  static final Settings ALL =
      Settings.of("Console", HOST, PORT, TOKEN, TOKEN_FILE, FILE_METRICS).beside("type");

  /**
   * Reads {@code given}, what follows {@code flume.monitoring.} in system properties.
   *
   * @throws io.sluice.config.ConfigurationException naming every problem
   */
  static ConsoleConfig parse(Map<String, String> given) {
    var problems = new Problems("console");
    Values values = ALL.parse("flume.monitoring.", given, problems);
    Optional<String> token = values.find(TOKEN);
    Optional<Path> file = values.find(TOKEN_FILE);
    if (token.isPresent() && file.isPresent()) {
      problems.error("flume.monitoring.token and flume.monitoring.tokenFile are both set.");
    } else if (file.isPresent()) {
      token = read(file.get(), problems);
    }
    if (token.isPresent() && !VISIBLE.matcher(token.get()).matches()) { // never to be shown
      problems.error(
          "flume.monitoring.%s does not hold %d or more visible ASCII characters and nothing else."
              .formatted(file.isPresent() ? "tokenFile" : "token", SHORTEST_TOKEN));
    }
    String host = values.get(HOST);
    try {
      InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      problems.error(
          "flume.monitoring.host = \"%s\" is not known on this machine.".formatted(host));
    }
    problems.throwIfAny("the agent runs on without its console.");
    return new ConsoleConfig(host, values.get(PORT), token, values.get(FILE_METRICS));
  }

  private static Optional<String> read(Path file, Problems problems) {
    try {
      return Optional.of(Files.readString(file, StandardCharsets.UTF_8).strip());
    } catch (IOException e) {
      problems.error("flume.monitoring.tokenFile = \"%s\" cannot be read: %s.".formatted(file, e));
      return Optional.empty();
    }
  }

  boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** As in a URL. */
  String shownHost() {
    return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
  }

  /** Without the token. */
  @Override
  public String toString() {
    return shownHost() + ":" + port;
  }
}
