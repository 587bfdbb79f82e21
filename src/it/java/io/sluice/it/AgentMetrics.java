package io.sluice.it;

import io.sluice.suite.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Flume's HTTP monitoring shows of an agent. */
final class AgentMetrics {
  private final int port = FreePort.find();

  /** What the agent has to be started with. */
  String[] jvmOptions() {
    return new String[] {
      "-Xmx256m", "-Dflume.monitoring.type=http", "-Dflume.monitoring.port=" + port
    };
  }

  /** Waits until the component, such as {@code INTERCEPTOR.range}, shows this value. */
  void await(String component, String attribute, String value) {
    var shown =
        Pattern.compile(
            "\"%s\":\\{.*?\"%s\":\"([^\"]*)\"".formatted(Pattern.quote(component), attribute));
    Patience.await(component + " shows " + attribute + " = " + value)
        .pollInterval(Duration.ofMillis(100))
        .ignoreException(UncheckedIOException.class) // not listening yet
        .until(
            () -> {
              Matcher found = shown.matcher(read());
              return found.find() && found.group(1).equals(value);
            });
  }

  private String read() {
    try (var in = URI.create("http://127.0.0.1:" + port + "/metrics").toURL().openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
