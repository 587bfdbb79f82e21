package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.sluice.cli.terminal.Style;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TopCommandTest {
  static final String STATUS =
      """
      {"time":1,"intervalMillis":2000,"agent":{"host":"web1"},"ready":false,
       "reasons":[{"id":"sink-stalled","component":"sink 'kafka'","text":"No answer."}],"alarms":[],
       "history":{"lines":[1,1234],"valid":[1,1200],"invalid":[0,34],"delayMillis":[3,120]},
       "sources":[{"lagBytes":5000,"files":[
         {"path":"/var/log/\\u001b[2Ja.log","sizeBytes":9000,"lagBytes":5000,"idleMillis":10}]}],
       "validators":[{"latestInvalid":[{"timeMillis":1000,"reason":"BELOW","value":"9.8",
         "range":"[10,20]","file":"/var/log/a.log"}]}],
       "channels":[{"channelFillPercentage":37.4}],"sinks":[{"inFlightMillis":0}]}
      """;

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private HttpServer server;
  private String url = "";

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer("/api/status", 200, STATUS, "");
    answer("/secret/api/status", 200, STATUS, "Bearer 0123456789abcdef");
    answer("/other/api/status", 200, "<html>", "");
    answer("/json/api/status", 200, "{}", "");
    server.start();
    url = "http://127.0.0.1:" + server.getAddress().getPort();
  }

  private void answer(String path, int code, String body, String authorization) {
    server.createContext(
        path,
        exchange -> {
          String given = exchange.getRequestHeaders().getFirst("Authorization");
          boolean allowed = authorization.isEmpty() || authorization.equals(given);
          byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(allowed ? code : 401, allowed ? bytes.length : -1);
          if (allowed) {
            exchange.getResponseBody().write(bytes);
          }
          exchange.close();
        });
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private int once(String... arguments) {
    List<String> all = new ArrayList<>(List.of("top", "--once"));
    all.addAll(Arrays.asList(arguments));
    return Sluice.commandLine()
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(all.toArray(String[]::new));
  }

  @Test
  void showsAnAgentInALine() {
    assertThat(once(url)).isZero();

    assertThat(out.toString())
        .contains(
            "  web1:"
                + server.getAddress().getPort()
                + "  lines/s 1,234  valid/s 1,200  invalid/s 34  delay 120 ms  channel 37%"
                + "  lag 5.0 kB  sink-stalled\n");
  }

  @Test
  void sendsTheTokenOfAFile() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "0123456789abcdef\n");

    assertThat(once(url + "/secret")).isEqualTo(1);
    assertThat(once(url + "/secret", "--token-file", token.toString())).isZero();

    assertThat(out.toString()).contains("gone: not authorized (401); the console's token goes");
  }

  @Test
  void saysPlainlyWhoDoesNotAnswer() {
    assertThat(once(url + "/other", url + "/json", url + "/none")).isEqualTo(1);
    server.stop(0);
    assertThat(once(url)).isEqualTo(1);

    assertThat(out.toString())
        .contains("not a Sluice console: its answer is no JSON")
        .contains("not a Sluice console: it answers with status 200")
        .contains("not a Sluice console: it answers with status 404")
        .contains("nobody answers; the agent is down");
  }

  @Test
  void aWrongUrlIsTold() {
    assertThat(once("ftp://host")).isEqualTo(2);
    assertThat(once("http://")).isEqualTo(2);
    assertThat(once("a b")).isEqualTo(2);
    assertThat(once("--token-file", folder.resolve("none").toString())).isEqualTo(2);
    assertThat(err.toString()).contains("such as http://localhost:41414", "cannot be read");
  }

  @Test
  void colorsAreLeftOutWhenAskedFor() {
    assertThat(Style.of(Style.Color.auto, true, Map.of("NO_COLOR", "1")).color()).isFalse();
    assertThat(Style.of(Style.Color.auto, true, Map.of()).color()).isTrue();
    assertThat(Style.of(Style.Color.auto, false, Map.of()).color()).isFalse();
    assertThat(Style.of(Style.Color.always, false, Map.of()).color()).isTrue();
  }
}
