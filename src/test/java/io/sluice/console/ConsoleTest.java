package io.sluice.console;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonParser;
import io.sluice.config.Problems;
import io.sluice.http.HttpServer;
import io.sluice.http.Limits;
import io.sluice.suite.Patience;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.flume.Context;
import org.apache.flume.instrumentation.ChannelCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ConsoleTest {
  private static final String TOKEN = "0123456789abcdef";
  private final HttpClient http = HttpClient.newHttpClient();
  private final ChannelCounter channel = new ChannelCounter("console-<test>");
  private Console console = new Console();

  @BeforeEach
  void open() {
    channel.start();
    channel.setChannelCapacity(100);
    channel.setChannelSize(12);
    start(Map.of("port", "0"));
  }

  private void start(Map<String, String> settings) {
    console.stop();
    console = new Console();
    console.configure(new Context(settings));
    console.start();
  }

  @AfterEach
  void close() {
    console.stop();
    channel.stop();
  }

  @Test
  void servesThePageAndItsPartsButNothingElse() throws Exception {
    for (String path : List.of("/", "/console.js", "/console.css", "/uplot.js", "/uplot.css")) {
      assertThat(get(path).statusCode()).as(path).isEqualTo(200);
    }
    for (String path : List.of("/index.html", "/../pom.xml", "/x", "//", "/api", "/console.js/")) {
      assertThat(raw("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .as(path)
          .matches("(?s)HTTP/1.1 (400|404) .*");
    }
  }

  @Test
  void everyAnswerForbidsForeignScriptsFramesAndGuessing() throws Exception {
    for (String path : List.of("/", "/metrics", "/api/status", "/nothing")) {
      var headers = get(path).headers();
      assertThat(headers.firstValue("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'")
          .contains("frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(headers.firstValue("X-Content-Type-Options")).contains("nosniff");
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
      assertThat(headers.firstValue("Server")).isEmpty();
    }
  }

  @Test
  void statusTellsOfTheComponents() throws Exception {
    HttpResponse<String> answer = get("/api/status");

    var status = JsonParser.parseString(answer.body()).getAsJsonObject();
    var seen =
        StreamSupport.stream(status.getAsJsonArray("channels").spliterator(), false)
            .map(item -> item.getAsJsonObject())
            .filter(item -> item.get("name").getAsString().equals("console-<test>"))
            .findFirst()
            .orElseThrow();
    assertThat(seen.get("channelSize").getAsLong()).isEqualTo(12);
    assertThat(status.getAsJsonObject("agent").get("flume").getAsString()).isEqualTo("1.11.0");
    assertThat(get("/metrics").body())
        .contains("flume_channel_fill_percent{component=\"console-<test>\"} 12.0");
  }

  @Test
  void onlyReadsWhateverTheMethod() throws Exception {
    for (String method : List.of("POST", "PUT", "DELETE", "TRACE", "OPTIONS", "BREW")) {
      assertThat(raw(method + " /metrics HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
          .as(method)
          .startsWith("HTTP/1.1 405 ")
          .contains("Allow: GET, HEAD");
    }
    assertThat(raw("HEAD / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 200 ")
        .endsWith("\r\n\r\n");
  }

  @Test
  void withATokenNumbersAndReasonsAreForThoseWhoHaveIt() throws Exception {
    start(Map.of("port", "0", "token", TOKEN));

    for (String path : List.of("/metrics", "/api/status")) {
      assertThat(get(path).statusCode()).isEqualTo(401);
      assertThat(get(path, "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(200);
    }
    assertThat(get("/").statusCode()).isEqualTo(200);
    assertThat(get("/healthz").body()).isEqualTo("{\"live\":true}");
    assertThat(get("/readyz").body()).startsWith("{\"ready\":").doesNotContain("reasons");
    assertThat(get("/healthz", "Authorization", "Bearer " + TOKEN).body()).contains("reasons");
  }

  @Test
  void answersToItsOwnNameOnly() throws Exception {
    assertThat(raw("GET /metrics HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n"))
        .startsWith("HTTP/1.1 421 ");
  }

  @Test
  void brokenRequestsGetShortAnswersAndNoStack() throws Exception {
    for (String request :
        List.of(
            "GET\r\n\r\n",
            "\0\1\2\3\r\n\r\n",
            "GET / HTTP/9.9\r\n\r\n",
            "GET /%zz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nContent-Length: x\r\n\r\n",
            "GET / HTTP/1.1\r\nHost: localhost\r\nX: " + "a".repeat(100_000) + "\r\n\r\n",
            "GET /" + "a".repeat(100_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n")) {
      assertThat(raw(request))
          .as(request.substring(0, Math.min(40, request.length())))
          .matches("(?s)HTTP/1.1 (4\\d\\d|505) .*")
          .hasSizeLessThan(1_500)
          .doesNotContain("jetty")
          .doesNotContain("java");
    }
    assertThat(get("/healthz").statusCode()).isEqualTo(200);
  }

  @Test
  void clientsThatDawdleAreCutOffAndDoNotKeepOthersOut() throws Exception {
    var agent = new AgentReader();
    ConsoleConfig config =
        ConsoleConfig.parse("flume.monitoring.", Map.of("port", "0"), new Problems("console"));
    var answers = new ConsoleHandler(agent, new History(agent), new FileSeries(50));
    var limits = new Limits(64, 8 << 10, Duration.ofMillis(300), Duration.ofMillis(300));
    HttpServer server = HttpServer.start("dawdled", config.http(), limits, answers);
    try {
      List<Socket> dawdlers = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        var socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout((int) Patience.LIMIT.toMillis());
        socket.getOutputStream().write("GET / HTTP/1.1\r\nHost: loc".getBytes(UTF_8));
        dawdlers.add(socket);
      }
      String answer =
          raw(server.port(), "GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 ");
      for (Socket socket : dawdlers) {
        assertThat(socket.getInputStream().read()).isEqualTo(-1);
        socket.close();
      }
    } finally {
      server.stop();
    }
  }

  @Test
  void anAgentRunsOnWhenThePortIsTaken() {
    var second = new Console();
    second.configure(new Context(Map.of("port", Integer.toString(console.port()))));

    second.start();

    assertThat(second.port()).isEqualTo(-1);
    second.stop();
    second.stop();
  }

  @Test
  void canBeStoppedAndStartedOnTheSamePortAsAReloadDoes() throws Exception {
    int port = console.port();

    start(Map.of("port", Integer.toString(port)));

    assertThat(console.port()).isEqualTo(port);
    assertThat(get("/").statusCode()).isEqualTo(200);
  }

  private HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + console.port() + path));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  private String raw(String request) throws IOException {
    return raw(console.port(), request);
  }

  private static String raw(int port, String request) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout((int) Patience.LIMIT.toMillis());
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
    }
  }
}
