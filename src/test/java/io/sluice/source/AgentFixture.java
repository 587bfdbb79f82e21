package io.sluice.source;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.sluice.delivery.BatchAccount;
import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Guarantee;
import io.sluice.delivery.Pairing;
import io.sluice.delivery.Position;
import io.sluice.event.LogEvent;
import io.sluice.source.machine.Archives;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.Environment;
import io.sluice.source.machine.FakeTime;
import io.sluice.source.machine.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.Transaction;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;

/**
 * An agent in a nutshell: a real memory channel, the source, and a sink that acknowledges as ours
 * do. A restart makes a new channel, as a new process would; a reload keeps it.
 */
public final class AgentFixture implements AutoCloseable {
  final FakeTime time = new FakeTime();
  private final Path directory;
  private final Map<String, String> settings = new LinkedHashMap<>();
  private final List<Event> delivered = new ArrayList<>();
  private final Map<String, Position> inKafka = new LinkedHashMap<>();
  private Content.Opener opener = new Archives(time);
  private Function<String, Signals> signals = name -> Signals.scanning(time);
  private Optional<Guarantee> guarantee = Optional.of(Guarantee.AT_LEAST_ONCE);
  private int capacity = 100_000;
  private int transactionCapacity = 10_000;
  private MemoryChannel channel = newChannel();
  private LogFileSource source = new LogFileSource();
  private Object sink = new Object();
  private boolean running;

  public AgentFixture(Path directory) {
    this.directory = directory;
    set("positionFile", directory.resolve("state/positions.json").toString());
    set("paths", directory.resolve("app.log*").toString());
  }

  /** The log that it reads; others are called {@code app.log} with more behind. */
  LogFixture log() {
    return new LogFixture(directory.resolve("app.log"));
  }

  AgentFixture set(String key, String value) {
    settings.put(key, value);
    return this;
  }

  AgentFixture unset(String key) {
    settings.remove(key);
    return this;
  }

  AgentFixture opening(Content.Opener newOpener) {
    opener = newOpener;
    return this;
  }

  AgentFixture signalled(Function<String, Signals> newSignals) {
    signals = newSignals;
    return this;
  }

  AgentFixture channelOf(int newCapacity, int newTransactionCapacity) {
    capacity = newCapacity;
    transactionCapacity = newTransactionCapacity;
    channel = newChannel();
    return this;
  }

  AgentFixture promising(Guarantee newGuarantee) {
    guarantee = Optional.of(newGuarantee);
    return this;
  }

  AgentFixture withoutOurSink() {
    guarantee = Optional.empty();
    return this;
  }

  private MemoryChannel newChannel() {
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

  public AgentFixture start() {
    sink = new Object();
    guarantee.ifPresent(
        promised -> {
          pairing().join(sink, promised);
          if (promised == Guarantee.EXACTLY_ONCE) {
            pairing().release(inKafka.values());
          }
        });
    source = new LogFileSource(new Environment(time, path -> opener.open(path), signals));
    source.setName("tail");
    source.configure(new Context(new HashMap<>(settings)));
    var selector = new ReplicatingChannelSelector();
    selector.setChannels(List.<Channel>of(channel));
    source.setChannelProcessor(new ChannelProcessor(selector));
    source.start();
    running = true;
    return this;
  }

  LogFileSource source() {
    return source;
  }

  MemoryChannel channel() {
    return channel;
  }

  Pairing pairing() {
    return Pairing.of(channel);
  }

  /** A clean stop and start of the process: what the channel held is gone. */
  AgentFixture restart() {
    stop();
    channel = newChannel();
    return start();
  }

  public AgentFixture stop() {
    if (running) {
      source.stop();
      pairing().leave(sink);
      running = false;
    }
    return this;
  }

  @Override
  public void close() {
    stop();
  }

  /** The process dies; only what is on disk or in Kafka survives. */
  AgentFixture kill() {
    running = false;
    channel = newChannel();
    return this;
  }

  /** As after a reboot that numbers the disks in another order: no stored device fits any more. */
  AgentFixture changeDevices() {
    var positions = List.copyOf(inKafka.values());
    inKafka.clear();
    for (Position old : positions) {
      FileIdentity file = old.file();
      var moved =
          new FileIdentity(
              file.path(), file.device() + 1, file.inode(), file.headLength(), file.headHash());
      var position = new Position(old.source(), moved, old.offset(), old.anchor());
      inKafka.put(position.key(), position);
    }
    Path stored = Path.of(settings.get("positionFile"));
    try {
      if (Files.exists(stored)) {
        Files.writeString(
            stored, Files.readString(stored).replaceAll("(\"device\":)(\\d+)", "$1" + "9$2"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return this;
  }

  /** A new configuration: source and sink are new, the channel is not. */
  public AgentFixture reload() {
    stop();
    return start();
  }

  /** One call of process(), after the next scan has become due. */
  AgentFixture turn() {
    time.pass(Duration.ofSeconds(1));
    return process();
  }

  AgentFixture process() {
    try {
      source.process();
    } catch (EventDeliveryException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  /** Reads and delivers until nothing moves any more. */
  public AgentFixture settle() {
    int quiet = 0;
    while (quiet < 4) {
      int before = delivered.size();
      turn();
      deliver(transactionCapacity);
      quiet = delivered.size() == before ? quiet + 1 : 0;
    }
    return this;
  }

  AgentFixture wait(Duration span) {
    time.pass(span);
    return this;
  }

  /** The sink takes up to {@code most} events and Kafka acknowledges them. */
  AgentFixture deliver(int most) {
    sinkBatch(most, true);
    return this;
  }

  /** The sink takes events, and Kafka fails. */
  AgentFixture failToDeliver(int most) {
    sinkBatch(most, false);
    return this;
  }

  private void sinkBatch(int most, boolean works) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    var account = new BatchAccount(pairing().announcements());
    var taken = new ArrayList<Event>();
    for (int i = 0; i < most; i++) {
      Event event = channel.take();
      if (event == null) {
        account.drained();
        break;
      }
      if (event instanceof LogEvent line && guarantee.isPresent()) {
        if (line.isStale()) {
          continue;
        }
        line.addTo(account);
      }
      taken.add(event);
    }
    account.taken();
    if (works) {
      Collection<Position> after = account.positionsAfter();
      after.forEach(position -> inKafka.put(position.key(), position));
      delivered.addAll(taken);
      transaction.commit();
      account.delivered();
    } else {
      transaction.rollback();
    }
    transaction.close();
  }

  /** The bodies delivered so far, in order. */
  public List<String> lines() {
    return delivered.stream().map(event -> new String(event.getBody(), ISO_8859_1)).toList();
  }

  List<Event> events() {
    return delivered;
  }
}
