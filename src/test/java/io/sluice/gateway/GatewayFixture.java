package io.sluice.gateway;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.delivery.BatchAccount;
import io.sluice.delivery.Guarantee;
import io.sluice.delivery.Pairing;
import io.sluice.event.Tracked;
import io.sluice.suite.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiFunction;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;

/** A gateway on a free port, a real memory channel, and a sink that acknowledges as ours do. */
final class GatewayFixture implements AutoCloseable {
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Object sink = new Object();
  private BiFunction<String, ReceiveConfig, SharedTopic> topics = SharedTopic::of;
  private MemoryChannel channel = newChannel(10_000, 1_000);
  private GatewaySource source = new GatewaySource();

  GatewayFixture() {
    set("port", "0");
  }

  GatewayFixture set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  GatewayFixture channelOf(int capacity, int transactionCapacity) {
    channel = newChannel(capacity, transactionCapacity);
    return this;
  }

  GatewayFixture topics(BiFunction<String, ReceiveConfig, SharedTopic> newTopics) {
    topics = newTopics;
    return this;
  }

  GatewayFixture withOurSink() {
    Pairing.of(channel).join(sink, Guarantee.AT_LEAST_ONCE);
    return this;
  }

  GatewayFixture start() {
    source = new GatewaySource(topics);
    source.setName("http");
    source.configure(new Context(new HashMap<>(settings)));
    var selector = new ReplicatingChannelSelector();
    selector.setChannels(List.<Channel>of(channel));
    var processor = new ChannelProcessor(selector);
    processor.configure(new Context(new HashMap<>(settings)));
    processor.initialize();
    source.setChannelProcessor(processor);
    source.start();
    return this;
  }

  GatewaySource source() {
    return source;
  }

  int port() {
    return source.port();
  }

  private static MemoryChannel newChannel(int capacity, int transactionCapacity) {
    var memory = new MemoryChannel();
    memory.setName("channel");
    memory.configure(
        new Context(
            Map.of(
                "capacity",
                Integer.toString(capacity),
                "transactionCapacity",
                Integer.toString(transactionCapacity),
                "keep-alive",
                "0")));
    memory.start();
    return memory;
  }

  /** A request; headers are name, value, name, value. */
  HttpRequest.Builder request(String path, String... headers) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path));
    return (headers.length == 0 ? request : request.headers(headers)).timeout(Patience.LIMIT);
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send(request(path, headers).POST(BodyPublishers.ofString(body)));
  }

  CompletableFuture<HttpResponse<String>> getLater(String path) {
    return http.sendAsync(request(path).GET().build(), BodyHandlers.ofString());
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  Socket connect() throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), port());
    socket.setSoTimeout((int) Patience.LIMIT.toMillis());
    return socket;
  }

  /** Sends these bytes and no more, and gives back all that is answered. */
  String raw(byte[] bytes) throws IOException {
    try (Socket socket = connect()) {
      try {
        socket.getOutputStream().write(bytes);
        socket.shutdownOutput();
        return new String(socket.getInputStream().readAllBytes(), ISO_8859_1);
      } catch (SocketException e) { // reset: the server had no wish to read on
        return "";
      }
    }
  }

  String raw(String text) throws IOException {
    return raw(text.getBytes(UTF_8));
  }

  /** The sink takes up to {@code most} events, stale ones not counted, and Kafka takes them. */
  List<String> deliver(int most) {
    return sinkBatch(most, true);
  }

  /** The sink takes events, and Kafka fails. */
  List<String> failToDeliver(int most) {
    return sinkBatch(most, false);
  }

  private List<String> sinkBatch(int most, boolean works) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    var shipment = new BatchAccount();
    var bodies = new ArrayList<String>();
    while (bodies.size() < most) {
      Event event = channel.take();
      if (event == null) {
        break;
      }
      if (event instanceof Tracked tracked) {
        if (tracked.isStale()) {
          continue;
        }
        tracked.addTo(shipment);
      }
      bodies.add(new String(event.getBody(), UTF_8));
    }
    shipment.taken();
    if (works) {
      transaction.commit();
      shipment.delivered();
    } else {
      transaction.rollback();
    }
    transaction.close();
    return bodies;
  }

  @Override
  public void close() {
    source.stop();
    channel.stop();
  }
}
