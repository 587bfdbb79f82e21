package io.sluice.console;

import io.sluice.config.Problems;
import io.sluice.config.Setting;
import io.sluice.config.Settings;
import io.sluice.config.Values;
import io.sluice.http.HttpConfig;
import io.sluice.http.HttpSettings;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;

/** Where the console listens, whom it answers, and how much it shows. Immutable. */
record ConsoleConfig(String prefix, HttpConfig http, int fileMetrics) {
  static final String FLUMES_PREFIX = "flume.monitoring.";

  static final Setting<String> HOST =
      Setting.string("host")
          .defaultsTo("127.0.0.1")
          .doc(
              "Address to listen on; 0.0.0.0 is all of them. Beyond this machine it needs"
                  + " `tls.certificateFile` and `tokenFile`.");

  static final Setting<Integer> PORT =
      Setting.integer("port")
          .between(0, 65_535)
          .defaultsTo(41414)
          .doc("Port to listen on; 0 takes any free one and the log says which.");

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
      Settings.of("Console", HOST, PORT, FILE_METRICS).and(HttpSettings.ALL).beside("type");

  /**
   * Reads {@code given}. What is wrong with it is in {@code problems} afterwards.
   *
   * @param prefix what the user writes before each key, such as {@code flume.monitoring.}
   */
  static ConsoleConfig parse(String prefix, Map<String, String> given, Problems problems) {
    Values values = ALL.parse(prefix, given, problems);
    String host = values.get(HOST);
    try {
      InetAddress.getByName(host);
    } catch (UnknownHostException e) {
      problems.error("%shost = \"%s\" is not known on this machine.".formatted(prefix, host));
    }
    return new ConsoleConfig(
        prefix,
        HttpConfig.parse(prefix, HOST.key(), host, values.get(PORT), values, problems),
        values.get(FILE_METRICS));
  }
}
