package io.sluice.cli.top;

import java.net.URI;
import java.util.List;
import java.util.stream.Stream;

/**
 * One agent as it was last seen. Immutable.
 *
 * @param url of its console
 * @param status the latest answer, which an agent that is gone keeps
 * @param failure why there is no newer answer; empty if there is
 * @param seenMillis when the latest answer came, in milliseconds since 1970; 0 for never
 */
record AgentState(String url, JsonTree status, String failure, long seenMillis) {
  private static final int USUAL_PORT = 41_414;

  static AgentState unseen(String url) {
    return new AgentState(url, new JsonTree(null), "", 0);
  }

  AgentState failed(String why) {
    return new AgentState(url, status, why, seenMillis);
  }

  boolean isAnswering() {
    return failure.isEmpty() && seenMillis > 0;
  }

  /** The host as the agent calls it, with the port where several agents may be on one host. */
  String name() {
    String host = status.at("agent").at("host").text();
    int port = URI.create(url).getPort();
    if (host.isEmpty()) {
      return url.replaceFirst("^https?://", "");
    }
    return port < 0 || port == USUAL_PORT ? host : host + ":" + port;
  }

  private double latest(String series) {
    return status.at("history").at(series).last().number();
  }

  double lines() {
    return latest("lines");
  }

  double valid() {
    return latest("valid");
  }

  double invalid() {
    return latest("invalid");
  }

  double delayMillis() {
    double waiting =
        status.at("sinks").items().stream()
            .mapToDouble(sink -> sink.at("inFlightMillis").number())
            .max()
            .orElse(0);
    return Math.max(latest("delayMillis"), waiting > 1_000 ? waiting : 0);
  }

  double channelPercent() {
    return status.at("channels").items().stream()
        .mapToDouble(channel -> channel.at("channelFillPercentage").number())
        .max()
        .orElse(0);
  }

  double lagBytes() {
    return status.at("sources").items().stream()
        .mapToDouble(source -> source.at("lagBytes").number())
        .sum();
  }

  /** What keeps it from its work, and what else a person should know. */
  List<JsonTree> alarms() {
    List<JsonTree> reasons = status.at("reasons").items();
    return reasons.isEmpty()
        ? status.at("alarms").items()
        : Stream.concat(reasons.stream(), status.at("alarms").items().stream()).distinct().toList();
  }

  List<JsonTree> files() {
    return status.at("sources").items().stream()
        .flatMap(source -> source.at("files").items().stream())
        .toList();
  }

  List<JsonTree> latestInvalid() {
    return status.at("validators").items().stream()
        .flatMap(validator -> validator.at("latestInvalid").items().stream())
        .toList();
  }
}
