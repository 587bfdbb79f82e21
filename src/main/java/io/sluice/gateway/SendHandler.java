package io.sluice.gateway;

import io.sluice.delivery.Pairing;
import io.sluice.delivery.Receipt;
import io.sluice.event.MessageEvent;
import io.sluice.http.Response;
import io.sluice.logging.RepeatingWarning;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.apache.flume.Channel;
import org.apache.flume.ChannelException;
import org.apache.flume.Event;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.conf.TransactionCapacitySupported;
import org.apache.flume.event.EventBuilder;
import org.slf4j.LoggerFactory;

/**
 * Puts the messages of a request into the channel, all or none of them, and with {@link Ack#KAFKA}
 * waits until Kafka has them.
 *
 * <p>Thread-safe.
 */
final class SendHandler {
  private final String component;
  private final GatewayConfig config;
  private final ChannelProcessor processor;
  private final GatewayMetrics counter;
  private final RepeatingWarning channelRefuses =
      new RepeatingWarning(LoggerFactory.getLogger(SendHandler.class));
  private final Set<Receipt> waiting = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  SendHandler(GatewayConfig config, ChannelProcessor processor, GatewayMetrics counter) {
    this.component = "source '" + config.name() + "'";
    this.config = config;
    this.processor = processor;
    this.counter = counter;
  }

  /** Why {@code ack = kafka} cannot be kept with these channels and sinks; empty if it can. */
  Optional<String> objection() {
    List<Channel> channels = channels();
    if (config.ack() == Ack.CHANNEL) {
      return Optional.empty();
    }
    if (channels.size() != 1) {
      return Optional.of("it has several channels; give it one");
    }
    Pairing pairing = Pairing.of(channels.get(0));
    if (!pairing.isAcknowledging()) {
      return Optional.of(
          "its channel is not a memory channel, and no other hands on what a sink can acknowledge");
    }
    return pairing.guarantee().isEmpty()
        ? Optional.of("no RoutingKafkaSink drains its channel")
        : Optional.empty();
  }

  /** Most messages that every channel takes in one transaction. */
  int mostMessages() {
    long most = Integer.MAX_VALUE;
    for (Channel channel : channels()) {
      if (channel instanceof TransactionCapacitySupported bounded) {
        most = Math.min(most, bounded.getTransactionCapacity());
      }
    }
    return (int) most;
  }

  private List<Channel> channels() {
    return processor.getSelector().getAllChannels();
  }

  /** What to answer to the sender of {@code messages}. */
  Response put(List<byte[]> messages) throws InterruptedException {
    counter.received(messages.size());
    if (stopping) {
      return Responses.tryAgain(503, "the agent stops");
    }
    if (config.ack() == Ack.CHANNEL) {
      return put(messages, EventBuilder::withBody)
          ? accepted(messages.size())
          : Responses.tryAgain(503, "the channel is full");
    }
    Optional<String> objection = objection();
    if (objection.isPresent()) {
      return Responses.error(503, "ack = kafka is not possible: " + objection.get());
    }
    var receipt = new Receipt(messages.size());
    waiting.add(receipt);
    try {
      if (stopping) {
        receipt.abandon();
      }
      return put(messages, body -> new MessageEvent(receipt, body))
          ? answer(receipt, messages.size())
          : Responses.tryAgain(503, "the channel is full");
    } finally {
      waiting.remove(receipt);
    }
  }

  private boolean put(List<byte[]> messages, Function<byte[], Event> event) {
    List<Event> events = new ArrayList<>(messages.size());
    messages.forEach(body -> events.add(event.apply(body)));
    try {
      processor.processEventBatch(events);
      channelRefuses.reset();
      return true;
    } catch (ChannelException e) {
      counter.incrementChannelWriteFail();
      channelRefuses.warn(
          component + ": the channel takes no messages, senders get 503: " + e.getMessage());
      return false;
    }
  }

  private Response answer(Receipt receipt, int messages) throws InterruptedException {
    return switch (receipt.await(config.ackTimeout())) {
      case DELIVERED -> accepted(messages);
      case SOME_DROPPED -> {
        int dropped = receipt.droppedCount();
        counter.dropped(dropped);
        counter.accepted(messages - dropped);
        yield Responses.dropped(messages - dropped, dropped);
      }
      case ABANDONED -> {
        counter.unconfirmed();
        yield Responses.tryAgain(503, "Kafka has not acknowledged the messages; send them again");
      }
    };
  }

  private Response accepted(int messages) {
    counter.accepted(messages);
    return Responses.accepted(messages);
  }

  /**
   * Takes no more messages. Those that Kafka acknowledges within {@code patience} are still
   * answered 200; the sinks stop after the sources.
   */
  void stop(Duration patience) throws InterruptedException {
    stopping = true;
    long deadline = System.nanoTime() + patience.toNanos();
    for (Receipt receipt : waiting) {
      receipt.await(Duration.ofNanos(Math.max(0, deadline - System.nanoTime())));
    }
  }
}
