package io.sluice.gateway;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /receiver}, over a topic in memory. */
final class ReceiveTest {
  private final FakeTopicConsumer topic = new FakeTopicConsumer();
  private final GatewayFixture gateway =
      new GatewayFixture()
          .set("receive.topics", "source-topic")
          .set("kafka.bootstrap.servers", "nowhere:9092")
          .topics((name, config) -> new SharedTopic(name, () -> topic));

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void givesEachMessageOnceAndThenNone() {
    topic.holding("15", "größe");
    gateway.start();

    HttpResponse<String> first = gateway.get("/receiver?topic=source-topic");
    assertThat(first.statusCode()).isEqualTo(200);
    assertThat(first.body()).isEqualTo("15");
    assertThat(first.headers().firstValue("Content-Type")).hasValue("text/plain;charset=utf-8");
    assertThat(first.headers().firstValue("Sluice-Topic")).hasValue("source-topic");
    assertThat(first.headers().firstValue("Sluice-Partition")).hasValue("0");
    assertThat(first.headers().firstValue("Sluice-Offset")).hasValue("0");
    assertThat(gateway.get("/receiver?topic=source-topic").body()).isEqualTo("größe");
    assertThat(gateway.get("/receiver?topic=source-topic&timeout=0").statusCode()).isEqualTo(204);
    assertThat(topic.committed).containsExactly(0L, 1L);
    assertThat(gateway.source().counter().getTakenMessageCount()).isEqualTo(2);
  }

  @Test
  void waitsForAMessage() {
    gateway.start();

    var answer = gateway.getLater("/receiver?topic=source-topic&timeout=20000");
    topic.holding("16");

    assertThat(answer.join().body()).isEqualTo("16");
  }

  @Test
  void clientsThatWaitTogetherGetDifferentMessages() {
    gateway.start();

    CompletableFuture<HttpResponse<String>> one =
        gateway.getLater("/receiver?topic=source-topic&timeout=20000");
    CompletableFuture<HttpResponse<String>> other =
        gateway.getLater("/receiver?topic=source-topic&timeout=20000");
    topic.holding("1", "2");

    assertThat(new String[] {one.join().body(), other.join().body()})
        .containsExactlyInAnyOrder("1", "2");
  }

  @Test
  void aClientThatHasGoneTakesNothing() throws Exception {
    gateway.start();
    try (Socket client = gateway.connect()) {
      String request =
          "GET /receiver?topic=source-topic&timeout=20000 HTTP/1.1\r\nHost: localhost\r\n\r\n";
      client.getOutputStream().write(request.getBytes(ISO_8859_1));
      await("the request is under way").until(topic::isAsked);
    }
    await("the client's end is noticed").until(() -> gateway.source().connectionCount() == 0);

    topic.holding("15");

    assertThat(gateway.get("/receiver?topic=source-topic").body()).isEqualTo("15");
    assertThat(topic.committed).containsExactly(0L);
  }

  @Test
  void withoutKafkaTheAnswerIs503() {
    topic.holding("15").failing(true);
    gateway.start();

    HttpResponse<String> answer = gateway.get("/receiver?topic=source-topic");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(answer.body()).doesNotContain("Exception");
    topic.failing(false);
    assertThat(gateway.get("/receiver?topic=source-topic").body()).isEqualTo("15");
  }

  @Test
  void whoWaitsLongerThanARequestMayTakeIsAnswered() {
    gateway.set("requestTimeoutMillis", "100").start();

    assertThat(gateway.get("/receiver?topic=source-topic&timeout=1500").statusCode())
        .isEqualTo(204);
  }

  @Test
  void aStopEndsTheWaiting() {
    gateway.start();
    var answer = gateway.getLater("/receiver?topic=source-topic&timeout=20000");
    await("the request is under way").until(topic::isAsked);

    gateway.source().stop();

    assertThat(answer.join().statusCode()).isEqualTo(503);
  }

  @ParameterizedTest
  @CsvSource({
    "/receiver, 400",
    "/receiver?topic=other, 403",
    "/receiver?topic=source-topic&topic=source-topic, 400",
    "/receiver?topic=source-topic&timeout=soon, 400",
    "/receiver?topic=source-topic&timeout=-1, 400",
    "/receiver?topic=source-topic&timeout=300000000, 400",
    "/receiver?topic=source-topic&group=mine, 400",
  })
  void refusesWithTheReason(String url, int status) {
    gateway.start();

    HttpResponse<String> answer = gateway.get(url);

    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.body()).startsWith("{\"error\":\"").doesNotContain("other");
  }
}
