package io.sluice.gateway;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages in browsers, clients without the token, and crowds: what they get, and who is served. */
final class StrangersTest {
  private static final String TOKEN = "sixteen-letters!";
  private static final String RIGHT = "Authorization: Bearer " + TOKEN + "\r\n";
  private static final String WRONG = "Authorization: Bearer wrong\r\n";

  private final GatewayFixture gateway = new GatewayFixture();
  private final List<Socket> open = new ArrayList<>();

  @AfterEach
  void stop() throws IOException {
    for (Socket socket : open) {
      socket.close();
    }
    gateway.close();
  }

  private static byte[] get(String path, String headers) {
    return ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n" + headers + "\r\n")
        .getBytes(ISO_8859_1);
  }

  private Socket send(byte[] bytes) throws IOException {
    Socket socket = gateway.connect();
    open.add(socket);
    socket.getOutputStream().write(bytes);
    return socket;
  }

  @ParameterizedTest
  @ValueSource(strings = {"evil.example", "facade.de:8080", "bad.cafe", "127.0.0.1.evil.example"})
  void aNameOfSomebodyElseIsNotAnswered(String host) throws IOException {
    gateway.start();

    for (String path : List.of("/send?msg=1", "/receiver?topic=t", "/healthz")) {
      String answer = gateway.raw("GET " + path + " HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
      assertThat(answer).startsWith("HTTP/1.1 421 ").contains("allowedHosts");
    }
    assertThat(gateway.deliver(1)).isEmpty();
  }

  @Test
  void aNameOfOursIsAnswered() throws IOException {
    gateway.set("allowedHosts", "edge7.example").start();

    String answer = gateway.raw("GET /send?msg=1 HTTP/1.1\r\nHost: Edge7.example:80\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 200 ");
  }

  /** What browsers send for images, scripts, forms, links, fetch, and after a redirect. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Origin: http://evil.example",
        "Origin: null",
        "Referer: http://evil.example/",
        "Sec-Fetch-Site: cross-site",
        "Sec-Fetch-Site: same-origin",
        "Sec-Fetch-Site: none",
        "sec-fetch-mode: no-cors",
        "Sec-Purpose: prefetch",
        "User-Agent: Mozilla/5.0 (X11; Linux x86_64) Chrome/140.0"
      })
  void pagesMayNotSend(String header) throws IOException {
    gateway.start();

    assertThat(gateway.raw(get("/send?msg=1", header + "\r\n"))).startsWith("HTTP/1.1 403 ");
    assertThat(gateway.raw(get("/receiver?topic=t", header + "\r\n"))).startsWith("HTTP/1.1 403 ");
    assertThat(gateway.deliver(1)).isEmpty();
  }

  @Test
  void programsMaySend() throws IOException {
    gateway.start();

    for (String agent : List.of("curl/8", "Mozilla/5.0 (Windows NT; de-DE) PowerShell/7.4")) {
      assertThat(gateway.raw(get("/send?msg=1", "User-Agent: " + agent + "\r\n")))
          .startsWith("HTTP/1.1 200 ");
    }
  }

  @Test
  void aPathIsComparedAsItIsSent() throws IOException {
    gateway.start();

    for (String path : List.of("/%73end", "//send", "/x/../send", "/send/", "/./send")) {
      assertThat(gateway.raw(get(path + "?msg=1", ""))).as(path).startsWith("HTTP/1.1 404 ");
    }
    assertThat(gateway.raw(get("/send;x?msg=1", ""))).startsWith("HTTP/1.1 400 ");
    assertThat(gateway.deliver(1)).isEmpty();
  }

  @Test
  void whoIsNotLetInLosesTheConnection() throws IOException {
    gateway.set("token", TOKEN).start();

    for (String headers : List.of(WRONG, "", RIGHT + "Origin: http://a\r\n")) {
      Socket socket = send(get("/send?msg=1", headers));
      assertThat(new String(socket.getInputStream().readAllBytes(), ISO_8859_1))
          .matches("(?s)HTTP/1.1 40[13] .*Connection: close.*");
    }
  }

  /** The attack of a hundred connections that each send a wrong token and stay. */
  @Test
  void strangersKeepNobodyOut() throws IOException {
    gateway.set("token", TOKEN).set("maxConnections", "10").start();
    for (int i = 0; i < 100; i++) {
      send(get("/send?msg=1", WRONG));
    }
    for (int i = 0; i < 100; i++) {
      send("GET /send HTTP/1.1\r\nHos".getBytes(ISO_8859_1));
    }

    assertThat(gateway.raw(get("/healthz", ""))).startsWith("HTTP/1.1 200 ");
    assertThat(gateway.raw(get("/send?msg=1", RIGHT))).startsWith("HTTP/1.1 200 ");
    await("no more than there is room for")
        .until(() -> gateway.source().connectionCount() <= 10 + 40 + 8);
  }

  @Test
  void aKnownClientKeepsItsConnection() throws IOException {
    gateway.set("token", TOKEN).set("maxConnections", "1").start();
    Socket known = send(get("/send?msg=1", RIGHT));
    assertThat(known.getInputStream().read()).isEqualTo('H');
    for (int i = 0; i < 50; i++) {
      send("GET".getBytes(ISO_8859_1));
    }
    await("room was made").until(() -> gateway.source().connectionCount() <= 1 + 4 + 8);

    known.getOutputStream().write(get("/send?msg=2", RIGHT + "Connection: close\r\n"));

    String rest = new String(known.getInputStream().readAllBytes(), ISO_8859_1);
    assertThat(rest.split("\"accepted\":1", -1)).hasSize(3);
  }

  /** Requests that wait for Kafka take all turns; others wait for theirs, and probes do not. */
  @Test
  void probesAreAnsweredWhileAllOthersWait() {
    gateway.set("maxConnections", "2").set("ack", "kafka").set("ackTimeoutMillis", "20000");
    gateway.withOurSink().start();
    List<CompletableFuture<HttpResponse<String>>> waiting =
        IntStream.range(0, 6).mapToObj(i -> gateway.getLater("/send?msg=" + i)).toList();
    await("all are there").until(() -> gateway.source().connectionCount() == 6);

    assertThat(gateway.get("/healthz").statusCode()).isEqualTo(200);

    var delivered = new ArrayList<String>();
    await("each has its turn")
        .until(() -> delivered.addAll(gateway.deliver(1)) && delivered.size() == 6);
    assertThat(waiting).allMatch(answer -> answer.join().statusCode() == 200);
  }

  /** Waiting for a turn is no idling either. */
  @Test
  void whoWaitsForATurnLongerThanARequestMayTakeIsAnswered() {
    gateway.set("maxConnections", "1").set("ack", "kafka").set("ackTimeoutMillis", "1500");
    gateway.set("requestTimeoutMillis", "100").withOurSink().start();

    var first = gateway.getLater("/send?msg=1");
    var second = gateway.getLater("/send?msg=2");

    assertThat(List.of(first.join().statusCode(), second.join().statusCode()))
        .containsExactly(503, 503);
  }

  @Test
  void tooManyThatWaitAreTurnedAway() {
    gateway.set("maxConnections", "1").set("ack", "kafka").set("ackTimeoutMillis", "1000");
    gateway.withOurSink().start();

    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, 12).mapToObj(i -> gateway.getLater("/send?msg=" + i)).toList();

    assertThat(answers).allMatch(answer -> answer.join().statusCode() == 503);
    assertThat(gateway.get("/healthz").statusCode()).isEqualTo(200);
  }

  /** Prints what a rightful client sees beside a thousand wrong tokens; no assertion on time. */
  @Test
  void aThousandWrongTokensAndARightOne() throws Exception {
    gateway.set("token", TOKEN).channelOf(10_000, 1_000).start();
    CompletableFuture<int[]> attack = CompletableFuture.supplyAsync(this::sendThousandWrongOnes);
    List<Long> nanos = new ArrayList<>();
    int right = 0;
    do {
      long start = System.nanoTime();
      String answer = gateway.raw(get("/send?msg=1", RIGHT + "Connection: close\r\n"));
      nanos.add(System.nanoTime() - start);
      assertThat(answer).startsWith("HTTP/1.1 200 ");
      right++;
    } while (!attack.isDone());
    int[] statuses = attack.join();
    long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();

    System.out.printf(
        "1000 wrong tokens: 401=%d 429=%d; right ones 200=%d p50=%.1f ms p99=%.1f ms%n",
        statuses[0],
        statuses[1],
        right,
        sorted[sorted.length / 2] / 1e6,
        sorted[(int) (sorted.length * 0.99)] / 1e6);
    assertThat(Arrays.stream(statuses).sum()).isEqualTo(1_000);
    assertThat(statuses[1]).as("held back").isPositive();
  }

  private int[] sendThousandWrongOnes() {
    int[] statuses = new int[2];
    for (int i = 0; i < 1_000; i++) {
      try {
        String answer = gateway.raw(get("/send?msg=1", WRONG));
        statuses[0] += answer.startsWith("HTTP/1.1 401 ") ? 1 : 0;
        statuses[1] += answer.startsWith("HTTP/1.1 429 ") ? 1 : 0;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
    return statuses;
  }

  /** Four bodies of six MiB, and one of nothing but separators, in whatever heap the tests have. */
  @Test
  void formsAreCountedBeforeTheyAreSplit() {
    gateway.set("maxBodyBytes", Integer.toString(16 << 20)).channelOf(1_000, 100).start();
    String form = "application/x-www-form-urlencoded";

    assertThat(gateway.post("/send", "&".repeat(16 << 20), "Content-Type", form).statusCode())
        .isEqualTo(400);
    assertThat(gateway.post("/send", "msg=1&".repeat(1 << 20), "Content-Type", form).body())
        .contains("more than 100 messages");
  }
}
