package io.sluice.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /send}, up to the channel. */
final class SendTest {
  private static final String TEXT = "text/plain;charset=UTF-8";
  private static final String TOKEN = "sixteen-letters!";
  private static final String FORM = "application/x-www-form-urlencoded";

  private final GatewayFixture gateway = new GatewayFixture();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void putsTheMessageOfAUrlIntoTheChannel() {
    gateway.start();

    HttpResponse<String> answer = gateway.get("/send?msg=15");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("{\"accepted\":1}\n");
    assertThat(gateway.deliver(10)).containsExactly("15");
  }

  @Test
  void takesSeveralMessagesInOneRequest() {
    gateway.start();

    assertThat(gateway.get("/send?msg=1&msg=2").body()).contains("\"accepted\":2");
    assertThat(gateway.post("/send?msg=3", "").body()).contains("\"accepted\":1");
    assertThat(gateway.post("/send", "4\r\n\n5\n6", "Content-Type", TEXT).body())
        .contains("\"accepted\":3");
    assertThat(gateway.post("/send", "msg=7&msg=8+9", "Content-Type", FORM).body())
        .contains("\"accepted\":2");
    assertThat(gateway.deliver(20)).containsExactly("1", "2", "3", "4", "5", "6", "7", "8 9");
  }

  @Test
  void keepsUtf8() {
    gateway.start();

    gateway.get("/send?msg=gr%C3%B6%C3%9Fe=15%20%F0%9F%9A%B0");
    gateway.post("/send", "größe=16 🚰");

    assertThat(gateway.deliver(20)).containsExactly("größe=15 🚰", "größe=16 🚰");
  }

  @ParameterizedTest
  @CsvSource({
    "/send, no message",
    "/send?msg=, msg is empty",
    "/send?msg=a%0d%0aSet-Cookie:x, line break",
    "/send?msg=%ff%fe, not UTF-8",
    "/send?msg=%c3%28, not UTF-8",
    "/send?msg=%zz, hexadecimal",
    "/send?msg=%4, hexadecimal",
    "/send?mgs=1, known are: msg",
  })
  void refusesUrlsWithTheReason(String url, String reason) throws Exception {
    gateway.start();

    String answer = gateway.raw("GET " + url + " HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 400 ").contains(reason).doesNotContain("Set-Cookie");
    assertThat(gateway.deliver(1)).isEmpty();
  }

  @Test
  void refusesBodiesThatAreNoLinesOfUtf8() {
    gateway.start();

    assertThat(gateway.post("/send", "{}", "Content-Type", "application/json").statusCode())
        .isEqualTo(415);
    assertThat(
            gateway.post("/send", "1", "Content-Type", "text/plain; charset=latin1").statusCode())
        .isEqualTo(415);
    assertThat(gateway.post("/send", "1", "Content-Encoding", "gzip").statusCode()).isEqualTo(415);
    assertThat(gateway.post("/send?msg=1", "2").statusCode()).isEqualTo(400);
    assertThat(gateway.post("/send", "\n\r\n").statusCode()).isEqualTo(400);
    byte[] latin = {'a', (byte) 0xfc};
    assertThat(
            gateway.send(gateway.request("/send").POST(BodyPublishers.ofByteArray(latin))).body())
        .contains("not UTF-8");
    assertThat(gateway.deliver(1)).isEmpty();
    assertThat(gateway.source().counter().getRefusedRequestCount()).isEqualTo(6);
  }

  @Test
  void bodiesAndNumbersOfMessagesAreBounded() {
    gateway.set("maxBodyBytes", "10").channelOf(100, 3).start();

    assertThat(gateway.post("/send", "12345678901").statusCode()).isEqualTo(413);
    var chunked = BodyPublishers.fromPublisher(BodyPublishers.ofString("12345678901"));
    assertThat(gateway.send(gateway.request("/send").POST(chunked)).statusCode()).isEqualTo(413);
    assertThat(gateway.post("/send", "1\n2\n3\n4").body()).contains("more than 3 messages");
    assertThat(gateway.get("/send?msg=1&msg=2&msg=3&msg=4").statusCode()).isEqualTo(413);
    assertThat(gateway.post("/send", "1\n2\n3").statusCode()).isEqualTo(200);
    assertThat(gateway.deliver(3)).containsExactly("1", "2", "3");
  }

  @Test
  void aFullChannelIsTriedAgainLater() {
    gateway.channelOf(3, 3).start();
    gateway.post("/send", "1\n2");

    HttpResponse<String> full = gateway.post("/send", "3\n4");

    assertThat(full.statusCode()).isEqualTo(503);
    assertThat(full.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(gateway.source().counter().getChannelWriteFail()).isEqualTo(1);
    assertThat(gateway.deliver(3)).containsExactly("1", "2");
    assertThat(gateway.post("/send", "3\n4").statusCode()).isEqualTo(200);
    assertThat(gateway.deliver(3)).containsExactly("3", "4");
  }

  @Test
  void tooManyRequestsAreTriedAgainLater() {
    gateway.set("maxRequestsPerSecond", "2").start();

    List<Integer> statuses =
        List.of(
            gateway.get("/send?msg=1").statusCode(),
            gateway.get("/send?msg=2").statusCode(),
            gateway.get("/send?msg=3").statusCode());

    assertThat(statuses).startsWith(200, 200).endsWith(429);
    assertThat(gateway.deliver(9)).containsExactly("1", "2");
  }

  @Test
  void aTokenIsNeededWhereOneIsSet() {
    gateway.set("token", TOKEN).start();

    HttpResponse<String> without = gateway.get("/send?msg=1");
    assertThat(without.statusCode()).isEqualTo(401);
    assertThat(without.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer realm=\"sluice\"");
    assertThat(gateway.get("/send?msg=2", "Authorization", "Bearer Sixteen-letters!").statusCode())
        .isEqualTo(401);
    assertThat(gateway.get("/nowhere").statusCode()).isEqualTo(401);
    assertThat(gateway.get("/send?msg=3", "Authorization", "Bearer " + TOKEN).statusCode())
        .isEqualTo(200);
    assertThat(gateway.deliver(9)).containsExactly("3");
  }

  @Test
  void knowsTwoPathsAndTheirMethods() {
    gateway.start();

    assertThat(gateway.get("/").statusCode()).isEqualTo(404);
    assertThat(gateway.get("/send/x?msg=1").statusCode()).isEqualTo(404);
    HttpResponse<String> put =
        gateway.send(gateway.request("/send?msg=1").PUT(BodyPublishers.noBody()));
    assertThat(put.statusCode()).isEqualTo(405);
    assertThat(put.headers().firstValue("Allow")).hasValue("GET, POST");
    assertThat(gateway.post("/receiver?topic=t", "").headers().firstValue("Allow")).hasValue("GET");
    assertThat(gateway.get("/receiver?topic=t").statusCode()).isEqualTo(404);
  }

  @Test
  void countsWhatItTakes() {
    gateway.start();

    gateway.get("/send?msg=1");
    gateway.post("/send", "2\n3");

    GatewayMetrics counter = gateway.source().counter();
    assertThat(counter.getEventReceivedCount()).isEqualTo(3);
    assertThat(counter.getEventAcceptedCount()).isEqualTo(3);
    assertThat(counter.getAppendAcceptedCount()).isEqualTo(1);
    assertThat(counter.getAppendBatchAcceptedCount()).isEqualTo(1);
  }

  @Test
  void getMayBeTurnedOff() {
    gateway.set("allowGet", "false").start();

    HttpResponse<String> get = gateway.get("/send?msg=1");

    assertThat(get.statusCode()).isEqualTo(405);
    assertThat(get.headers().firstValue("Allow")).hasValue("POST");
    assertThat(gateway.post("/send?msg=2", "").statusCode()).isEqualTo(200);
    assertThat(gateway.deliver(9)).containsExactly("2");
  }

  @Test
  void saysThatItLivesToAnybody() {
    gateway.set("token", TOKEN).start();

    assertThat(gateway.get("/healthz").body()).isEqualTo("{\"live\":true}\n");
  }
}
