package io.sluice.gateway;

import static io.sluice.suite.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ack = kafka}: the answer waits until the sink says delivered. */
final class AckTest {
  private final GatewayFixture gateway = new GatewayFixture().set("ack", "kafka");

  @AfterEach
  void stop() {
    gateway.close();
  }

  private List<String> deliverOne() {
    var delivered = new ArrayList<String>();
    await("a message is in the channel").until(() -> delivered.addAll(gateway.deliver(1)));
    return delivered;
  }

  @Test
  void answersWhenKafkaHasTheMessage() {
    gateway.withOurSink().start();

    CompletableFuture<HttpResponse<String>> answer = gateway.getLater("/send?msg=15");
    await("the sink takes the message").until(() -> gateway.failToDeliver(1).size() == 1);
    assertThat(answer).isNotDone();
    assertThat(deliverOne()).containsExactly("15");

    assertThat(answer.join().statusCode()).isEqualTo(200);
  }

  @Test
  void answersWhenTheLastMessageIsDelivered() {
    gateway.withOurSink().start();

    CompletableFuture<HttpResponse<String>> answer = gateway.getLater("/send?msg=1&msg=2");
    assertThat(deliverOne()).containsExactly("1");
    assertThat(answer).isNotDone();
    assertThat(deliverOne()).containsExactly("2");

    assertThat(answer.join().body()).isEqualTo("{\"accepted\":2}\n");
  }

  @Test
  void withoutKafkaTheAnswerIs503AndTheMessageIsNotShippedAfterThat() {
    gateway.set("ackTimeoutMillis", "50").withOurSink().start();

    HttpResponse<String> answer = gateway.get("/send?msg=15");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("1");
    assertThat(gateway.deliver(10)).isEmpty();
    assertThat(gateway.source().counter().getUnconfirmedRequestCount()).isEqualTo(1);
  }

  @Test
  void aMessageThatARuleDropsIsNotWaitedFor() {
    gateway
        .set("interceptors", "range")
        .set("interceptors.range.type", "io.sluice.interceptor.RangeInterceptor$Builder")
        .set("interceptors.range.field", "body")
        .set("interceptors.range.range", "[10,20]")
        .set("interceptors.range.onNotANumber", "drop")
        .withOurSink()
        .start();

    HttpResponse<String> none = gateway.get("/send?msg=ten");
    assertThat(none.statusCode()).isEqualTo(422);
    CompletableFuture<HttpResponse<String>> some = gateway.getLater("/send?msg=ten&msg=15");
    assertThat(deliverOne()).containsExactly("15");
    assertThat(some.join().body()).contains("\"accepted\":1,\"dropped\":1");
    assertThat(gateway.source().counter().getDroppedMessageCount()).isEqualTo(2);
  }

  @Test
  void isRefusedWithoutASinkThatAcknowledges() {
    gateway.start();

    HttpResponse<String> answer = gateway.get("/send?msg=15");

    assertThat(answer.statusCode()).isEqualTo(503);
    assertThat(answer.body()).contains("ack = kafka is not possible: no RoutingKafkaSink drains");
    assertThat(gateway.deliver(1)).isEmpty();
  }

  @Test
  void aStopAnswersThoseThatWait() {
    gateway.withOurSink().start();
    CompletableFuture<HttpResponse<String>> answer = gateway.getLater("/send?msg=15");
    await("the message is in the channel").until(() -> gateway.failToDeliver(1).size() == 1);

    gateway.source().stop();

    assertThat(answer.join().statusCode()).isEqualTo(503);
    assertThat(gateway.deliver(10)).isEmpty();
  }

  @Test
  void aStopWaitsForWhatKafkaIsAboutToAcknowledge() {
    gateway.withOurSink().start();
    CompletableFuture<HttpResponse<String>> answer = gateway.getLater("/send?msg=15");
    await("the message is in the channel").until(() -> gateway.failToDeliver(1).size() == 1);

    var stop = CompletableFuture.runAsync(gateway.source()::stop);
    assertThat(deliverOne()).containsExactly("15");

    assertThat(answer.join().statusCode()).isEqualTo(200);
    stop.join();
  }

  /** The time for a request to arrive is over when it has arrived. */
  @ParameterizedTest
  @ValueSource(strings = {"GET", "POST"})
  void whoWaitsLongerThanARequestMayTakeIsAnswered(String method) throws Exception {
    gateway.set("requestTimeoutMillis", "100").set("ackTimeoutMillis", "1500");
    gateway.withOurSink().start();

    String answer = gateway.raw(method + " /send?msg=15 HTTP/1.1\r\nHost: localhost\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 503 ").contains("Retry-After: 1");
  }
}
