package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code conf/gateway.conf} as shipped, but for port and hosts, with a broker that goes away. */
final class GatewayIT {
  private static final int CONCURRENT = 400;
  private static final String SOURCE = "a1.sources.http.";

  @TempDir Path folder;
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port = FreePort.find();
  private KafkaBroker broker;
  private Topics topics;
  private FlumeAgent agent;

  @BeforeEach
  void start() {
    broker = new KafkaBroker(folder.resolve("broker")).start();
    topics = new Topics(broker.bootstrapServers());
    topics.create("source-topic", "valid-messages", "invalid-messages");
    agent = new FlumeAgent(folder.resolve("agent")).logging("log4j2-json.xml");
  }

  @AfterEach
  void stop() {
    agent.close();
    topics.close();
    broker.close();
  }

  private AgentConfig config() {
    return AgentConfig.sample("gateway.conf")
        .replace(SOURCE + "port", port)
        .replace(SOURCE + "ackTimeoutMillis", 60_000)
        .replace(SOURCE + "kafka.bootstrap.servers", broker.bootstrapServers())
        .replace("a1.sinks.kafka.kafka.bootstrap.servers", broker.bootstrapServers());
  }

  private void startAgent(AgentConfig config) {
    agent.start(config);
    await("the gateway answers").ignoreExceptions().until(() -> get("/").statusCode() == 404);
  }

  /** The next message, however long the gateway takes to join its group. */
  private HttpResponse<String> receive(String topic) {
    return await("a message is received")
        .until(
            () -> get("/receiver?topic=" + topic + "&timeout=10000"),
            got -> got.statusCode() == 200);
  }

  private HttpRequest request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
  }

  private HttpResponse<String> get(String path) {
    try {
      return http.send(request(path), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Sends messages all at once; those that were answered 200. */
  private Set<String> sendTogether(String name, int count) {
    List<CompletableFuture<HttpResponse<String>>> answers =
        IntStream.range(0, count)
            .mapToObj(i -> request("/send?msg=" + name + i))
            .map(request -> http.sendAsync(request, BodyHandlers.ofString()))
            .toList();
    Set<String> accepted = new HashSet<>();
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int status = answers.get(i).join().statusCode();
      statuses.add(status);
      if (status == 200) {
        accepted.add(name + i);
      }
    }
    assertThat(statuses).isSubsetOf(200, 503);
    return accepted;
  }

  private List<String> values(String topic) {
    return topics.values(topic).stream().map(value -> new String(value, UTF_8)).toList();
  }

  @Test
  void twoHundredMeansThatKafkaHasTheMessage() {
    startAgent(config());

    assertThat(get("/send?msg=15").statusCode()).isEqualTo(200);
    assertThat(values("source-topic")).containsExactly("15");
    assertThat(values("valid-messages")).containsExactly("15");
    assertThat(get("/send?msg=21").statusCode()).isEqualTo(200);
    assertThat(values("invalid-messages")).containsExactly("21");
    HttpResponse<String> received = receive("source-topic");
    assertThat(received.body()).isEqualTo("15");
    assertThat(received.headers().firstValue("Sluice-Offset")).hasValue("0");
    assertThat(receive("valid-messages").body())
        .as("topics do not wait for each other")
        .isEqualTo("15");
    assertThat(receive("invalid-messages").body()).isEqualTo("21");
    assertThat(receive("source-topic").body()).isEqualTo("21");
    assertThat(get("/receiver?topic=source-topic&timeout=100").statusCode()).isEqualTo(204);

    Set<String> accepted = sendTogether("together-", CONCURRENT);
    assertThat(accepted).hasSize(CONCURRENT);

    assertThat(agent.terminate()).isTrue();
    List<String> all = values("source-topic");
    assertThat(all).containsAll(accepted).doesNotHaveDuplicates();
    assertThat(all).filteredOn(message -> message.startsWith("together-")).hasSize(CONCURRENT);
    assertThat(values("valid-messages").size() + values("invalid-messages").size())
        .isEqualTo(all.size());
    startAgent(
        config()
            .replace(SOURCE + "ackTimeoutMillis", 2_000)
            .replace("a1.sinks.kafka.guarantee", "exactly-once")
            .set("a1.sinks.kafka.deliveryId", "gateway-1"));
    assertThat(receive("source-topic").body())
        .as("what was taken before stays taken")
        .isEqualTo(all.get(2));
    broker.process().pause();
    Set<String> unconfirmed = sendTogether("away-", 20);
    broker.process().resume();
    assertThat(unconfirmed).isEmpty();
    await("the gateway sends again").until(() -> get("/send?msg=back").statusCode() == 200);
    assertThat(values("source-topic")).contains("back");
    assertThat(topics.records("sluice-positions"))
        .as("nothing but the owner of the delivery id")
        .extracting(item -> new String(item.key(), UTF_8))
        .containsOnly("gateway-1");
    assertThat(agent.logFile()).allSatisfy(GatewayIT::isJson);
    assertThat(String.join("\n", agent.logFile()))
        .contains("Kafka client 4.3.1 from ", "Flume 1.11.0", "Java 17", "source 'http': HTTP on")
        .contains("sink 'kafka': at-least-once to " + broker.bootstrapServers())
        .contains("raw = source-topic, valid = valid-messages, invalid = invalid-messages");

    aFullChannel();
  }

  /** The rest of the same scene, so that one broker is started only. */
  private void aFullChannel() {
    assertThat(agent.terminate()).isTrue();
    long before = values("source-topic").size();
    startAgent(
        config()
            .replace(SOURCE + "ack", "channel")
            .replace("a1.channels.memory.capacity", 50)
            .replace("a1.channels.memory.transactionCapacity", 10)
            .replace("a1.channels.memory.keep-alive", 0));
    broker.process().pause();
    Set<String> accepted = new HashSet<>();
    for (int i = 0; i < 10; i++) { // the sink takes the first and waits with it
      accepted.addAll(sendTogether("one-" + i, 1));
    }
    assertThat(accepted).hasSize(10);
    Set<String> inChannel = sendTogether("full-", 200);
    broker.process().resume();

    assertThat(inChannel.size()).isBetween(40, 50);
    accepted.addAll(inChannel);
    topics.awaitCount("source-topic", before + accepted.size());
    assertThat(agent.terminate()).isTrue();
    List<String> all = values("source-topic");
    assertThat(all).containsAll(accepted);
    assertThat(all.size() - before).as("the 200s").isEqualTo(accepted.size());
  }

  private static void isJson(String line) throws IOException {
    try (JsonParser json = new JsonFactory().createParser(line)) {
      assertThat(json.nextToken()).isEqualTo(JsonToken.START_OBJECT);
      Set<String> fields = new HashSet<>();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        fields.add(json.currentName());
        json.nextToken();
      }
      assertThat(fields)
          .containsExactlyInAnyOrder("time", "level", "thread", "logger", "message", "exception");
      assertThat(json.nextToken()).isNull();
    }
  }
}
