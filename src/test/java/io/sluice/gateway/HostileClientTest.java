package io.sluice.gateway;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that mean harm, or know no better: each costs bounded memory and time. */
final class HostileClientTest {
  private static final int FUZZED = Boolean.getBoolean("sluice.soak") ? 100_000 : 3_000;

  private final GatewayFixture gateway = new GatewayFixture();

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void serves() {
    assertThat(gateway.get("/send?msg=still-here").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\0\1\2\3\r\n\r\n",
        "GET\r\n\r\n",
        "GET /send?msg=1 HTTP/9.9\r\nHost: localhost\r\n\r\n",
        "GET /send?msg=1 HTTP/1.1\r\n\r\n",
        "GET /send?msg=1 HTTP/1.1\r\nHost: localhost\r\nX Y: 1\r\n\r\n",
        "GET /send?msg=a b HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET /send?msg=\u0001 HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST /send HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n1",
        "POST /send HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Length: 1\r\n"
            + "Content-Length: 2\r\n\r\n"
            + "12",
        "POST /send HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Content-Length: 1\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "1",
        "POST /send HTTP/1.1\r\n"
            + "Host: localhost\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n"
            + "zz\r\n"
            + "1\r\n"
            + "0\r\n\r\n",
        "POST /send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n123"
      })
  void whatIsNoHttpIsAnsweredSo(String request) throws IOException {
    gateway.start();

    String answer = gateway.raw(request);

    assertThat(answer).matches("(?s)(HTTP/1.1 (400|505) .*)?").doesNotContain("Exception");
    assertThat(gateway.deliver(1)).isEmpty();
    serves();
  }

  @Test
  void longUrlsAndHeadersAreRefused() throws IOException {
    gateway.start();

    String url =
        gateway.raw("GET /send?msg=" + "1".repeat(10_000) + " HTTP/1.1\r\nHost: localhost\r\n\r\n");
    String header =
        gateway.raw(
            "GET /send?msg=1 HTTP/1.1\r\nHost: localhost\r\nX: " + "1".repeat(10_000) + "\r\n\r\n");

    assertThat(url).startsWith("HTTP/1.1 414 ").contains("{\"error\":");
    assertThat(header).startsWith("HTTP/1.1 431 ").contains("{\"error\":");
    assertThat(gateway.deliver(1)).isEmpty();
    serves();
  }

  @Test
  void aBodyOfAnyLengthCostsNoMoreThanTheBound() throws IOException {
    gateway.start();
    String head = "POST /send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000000000000\r\n\r\n";

    assertThat(gateway.raw(head + "1".repeat(1_000))).startsWith("HTTP/1.1 413 ");
    serves();
  }

  /** Each holds a connection with one byte now and then, in the headers or in the body. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /send?msg=1 HTTP/1.1\r\nHost: localhost\r\nX: ",
        "POST /send HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\n",
        "\r\n"
      })
  void slowClientsAreCutOffAndOthersServedThen(String head) throws IOException {
    gateway.set("requestTimeoutMillis", "1000").set("maxConnections", "5").start();
    List<Socket> slow = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        Socket client = gateway.connect();
        client.getOutputStream().write(head.getBytes(ISO_8859_1));
        slow.add(client);
      }
      await("all slow clients are cut off")
          .pollInterval(Duration.ofMillis(100))
          .until(
              () ->
                  slow.stream()
                      .allMatch(client -> isCutOff(client, head.charAt(head.length() - 1))));
    } finally {
      for (Socket client : slow) {
        client.close();
      }
    }
    serves();
    assertThat(gateway.deliver(9)).containsExactly("still-here");
  }

  /** Sends one more byte. */
  private static boolean isCutOff(Socket client, char next) {
    try {
      client.getOutputStream().write(next);
      return false;
    } catch (IOException e) {
      return true;
    }
  }

  @Test
  void manyConnectionsCostFewThreads() throws IOException {
    gateway.set("requestTimeoutMillis", "300").set("maxConnections", "10").start();
    List<Socket> idle = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        idle.add(gateway.connect());
      }
      serves();
      assertThat(Thread.getAllStackTraces().keySet())
          .filteredOn(thread -> thread.getName().startsWith("sluice-http-"))
          .hasSizeLessThanOrEqualTo(10 + 8 + 7);
    } finally {
      for (Socket client : idle) {
        client.close();
      }
    }
  }

  @Test
  void randomBytesAreAnsweredOrCutOffAndNothingIsMadeUp() throws IOException {
    long seed = Long.getLong("sluice.seed", System.nanoTime());
    gateway.set("maxBodyBytes", "1000").channelOf(1_000_000, 1_000).start();
    var random = new Random(seed);
    Map<String, Integer> answers = new TreeMap<>();
    int accepted = 0;
    for (int i = 0; i < FUZZED; i++) {
      String answer = gateway.raw(mutated(random));
      String status =
          answer.isEmpty() ? "none" : answer.substring(0, Math.min(12, answer.length()));
      answers.merge(status, 1, Integer::sum);
      assertThat(answer)
          .as("seed " + seed)
          .matches("(?s)(HTTP/1\\.1 [2-5]\\d\\d .*)?")
          .doesNotContain("HTTP/1.1 500")
          .doesNotContain("Exception");
      accepted += answer.split("\"accepted\":1\\}", -1).length - 1;
    }
    System.out.println("seed=" + seed + " " + answers + " accepted=" + accepted);
    List<String> taken = new ArrayList<>();
    for (List<String> some = gateway.deliver(1_000);
        !some.isEmpty();
        some = gateway.deliver(1_000)) {
      taken.addAll(some);
    }
    assertThat(taken).as("seed " + seed).hasSize(accepted);
    serves();
  }

  private static byte[] mutated(Random random) {
    String[] requests = {
      "GET /send?msg=15 HTTP/1.1\r\nHost: localhost\r\nX-Y: z\r\n\r\n",
      "POST /send HTTP/1.1\r\n"
          + "Host: localhost\r\n"
          + "Content-Type: text/plain\r\n"
          + "Content-Length: 2\r\n\r\n"
          + "15",
      "POST /send HTTP/1.1\r\n"
          + "Host: localhost\r\n"
          + "Transfer-Encoding: chunked\r\n\r\n"
          + "2\r\n"
          + "15\r\n"
          + "0\r\n\r\n",
      "GET /receiver?topic=t&timeout=1 HTTP/1.1\r\nHost: localhost\r\n\r\n",
      ""
    };
    String request = requests[random.nextInt(requests.length)];
    byte[] bytes = request.getBytes(ISO_8859_1);
    if (request.isEmpty()) {
      bytes = new byte[random.nextInt(2_000)];
      random.nextBytes(bytes);
      return bytes;
    }
    for (int i = random.nextInt(4); i > 0; i--) {
      bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(10) == 0
        ? java.util.Arrays.copyOf(bytes, random.nextInt(bytes.length))
        : bytes;
  }
}
