package io.sluice.simulation;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.sluice.delivery.Receipt;
import io.sluice.event.MessageEvent;
import io.sluice.interceptor.RangeInterceptor;
import io.sluice.sink.RoutingKafkaSink;
import io.sluice.source.LogFileSource;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.flume.Channel;
import org.apache.flume.ChannelException;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Sink;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.flume.interceptor.Interceptor;
import org.apache.flume.node.MaterializedConfiguration;

/** One process: Flume's memory channels, and our source, interceptor and sinks on them. */
final class Agent {
  /** A request to the gateway that waits for its answer. */
  record Waiting(Receipt receipt, List<Line> messages) {}

  private static final MaterializedConfiguration NO_CONFIGURATION =
      (MaterializedConfiguration)
          Proxy.newProxyInstance(
              Agent.class.getClassLoader(),
              new Class<?>[] {MaterializedConfiguration.class},
              (proxy, method, arguments) -> method.getReturnType() == Map.class ? Map.of() : null);

  private final World world;
  private final Setup setup;
  private final String name;
  private final List<MemoryChannel> channels = new ArrayList<>();
  private final List<RoutingKafkaSink> sinks = new ArrayList<>();
  private final List<Waiting> waiting = new ArrayList<>();
  private LogFileSource source;
  private Interceptor interceptor;
  private ChannelProcessor processor;
  private boolean dead;

  Agent(World world, String name) {
    this.world = world;
    this.setup = world.setup();
    this.name = name;
    for (int i = 0; i < setup.sinks; i++) {
      var channel = new MemoryChannel();
      channel.setName(world.prefix() + name + i);
      channel.configure(
          new Context(
              Map.of(
                  "capacity",
                  Integer.toString(setup.capacity),
                  "transactionCapacity",
                  Integer.toString(setup.transactionCapacity),
                  "keep-alive",
                  "0")));
      channels.add(channel);
    }
  }

  String name() {
    return name;
  }

  boolean isDead() {
    return dead;
  }

  void checkAlive() {
    if (dead) {
      throw new Crash("before");
    }
  }

  /** Only what is on disk and in Kafka is left. */
  void die() {
    dead = true;
  }

  List<Waiting> waiting() {
    return waiting;
  }

  /** Flume builds everything, then starts channels, sinks and sources. */
  void start(boolean withSink) {
    source = new LogFileSource();
    source.setName(world.prefix() + "tail");
    source.configure(new Context(world.sourceKeys()));
    var builder = new RangeInterceptor.Builder();
    builder.configure(
        new Context(
            Map.of(
                "rulesFile",
                world.rulesFile().toString(),
                "metricsName",
                world.prefix() + "range" + name)));
    interceptor = builder.build();
    interceptor.initialize();
    var selector = new ReplicatingChannelSelector();
    selector.setChannels(List.<Channel>copyOf(channels));
    selector.configure(new Context());
    processor = new Judging(selector);
    source.setChannelProcessor(processor);
    sinks.clear();
    if (withSink) {
      for (int i = 0; i < channels.size(); i++) {
        var sink = new RoutingKafkaSink();
        sink.setName(world.prefix() + "kafka" + name + i);
        sink.configure(new Context(world.sinkKeys(i)));
        sink.setChannel(channels.get(i));
        sinks.add(sink);
      }
    }
    source.initialize(NO_CONFIGURATION);
    sinks.forEach(sink -> sink.initialize(NO_CONFIGURATION));
    channels.forEach(MemoryChannel::start);
    sinks.forEach(RoutingKafkaSink::start);
    source.start();
  }

  /** Interceptors first, as Flume's own channel processor has it. */
  private final class Judging extends ChannelProcessor {
    Judging(ReplicatingChannelSelector selector) {
      super(selector);
    }

    @Override
    public void processEventBatch(List<Event> events) {
      List<Event> passed = setup.replacing ? Foreign.replace(events) : events;
      if (setup.stamped) {
        Foreign.stamp(passed);
      }
      try {
        super.processEventBatch(interceptor.intercept(passed));
      } catch (ChannelException e) { // the channels before this one have them, and get them again
        if (channels.size() > 1) {
          passed.forEach(event -> world.logs().mayRepeat(new String(event.getBody(), UTF_8)));
        }
        throw e;
      }
    }
  }

  boolean hasSink() {
    return !sinks.isEmpty();
  }

  void sourceStep() {
    try {
      source.process();
    } catch (EventDeliveryException | RuntimeException e) { // Flume waits, and calls again
      world.tell("the source fails: " + e);
      world.pass(1_000_000_000L);
    }
  }

  void sinkStep() {
    for (RoutingKafkaSink sink : sinks) {
      try {
        if (((Sink) sink).process() == Sink.Status.BACKOFF) {
          world.pass(1_000_000_000L);
        }
      } catch (EventDeliveryException | RuntimeException e) {
        world.tell("the sink fails: " + e);
        world.pass(1_000_000_000L);
      }
    }
  }

  /** Sources, sinks, channels. */
  void stop() {
    giveUpWaiting();
    source.stop();
    interceptor.close();
    sinks.forEach(RoutingKafkaSink::stop);
    channels.forEach(MemoryChannel::stop);
  }

  /** Messages of one request to the gateway; false if the channel takes them not. */
  boolean put(List<Line> messages) {
    var receipt = new Receipt(messages.size());
    List<Event> events = new ArrayList<>();
    for (Line message : messages) {
      events.add(new MessageEvent(receipt, message.text.getBytes(UTF_8)));
    }
    try {
      processor.processEventBatch(events);
    } catch (ChannelException e) {
      return false;
    }
    waiting.add(new Waiting(receipt, messages));
    return true;
  }

  private void giveUpWaiting() {
    waiting.forEach(request -> request.receipt().abandon());
    waiting.clear();
  }
}
