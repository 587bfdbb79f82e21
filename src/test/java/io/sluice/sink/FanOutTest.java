package io.sluice.sink;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sluice.config.Problems;
import io.sluice.delivery.Guarantee;
import io.sluice.delivery.Pairing;
import io.sluice.source.LogFileSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.flume.Channel;
import org.apache.flume.ChannelSelector;
import org.apache.flume.Context;
import org.apache.flume.EventDeliveryException;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.MultiplexingChannelSelector;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.apache.flume.channel.SpillableMemoryChannel;
import org.apache.flume.conf.Configurables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A source, sinks, and channels of every kind between them; no sink drops what nobody delivers. */
final class FanOutTest {
  private static final int LINES = 1_000;

  @TempDir Path folder;
  private final List<Channel> channels = new ArrayList<>();
  private final FakeKafka kafka = new FakeKafka();

  @BeforeEach
  void write() throws IOException {
    append(0, LINES);
  }

  @AfterEach
  void stop() {
    channels.forEach(Channel::stop);
  }

  @Test
  void eachOfTwoChannelsGetsEveryLine() throws Exception {
    MemoryChannel a = memory("a");
    MemoryChannel b = memory("b");
    LogFileSource source = source(joined(a, "sink a"), joined(b, "sink b"));
    var other = new FakeKafka();
    ship(loop(a, kafka));
    ship(loop(b, other));
    source.stop();
    assertThat(kafka.delivered).hasSize(LINES);
    assertThat(other.delivered).hasSize(LINES);
  }

  @Test
  void thePositionWaitsForTheSlowerOfTwoChannels() throws Exception {
    MemoryChannel a = memory("a");
    MemoryChannel b = memory("b");
    LogFileSource source = source(joined(a, "sink a"), joined(b, "sink b"));
    SinkLoop fast = loop(a, kafka);
    ship(fast);
    source.stop();
    fast.stop();
    Pairing.of(a).leave("sink a");
    Pairing.of(b).leave("sink b");
    assertThat(Files.readString(folder.resolve("state/positions.json"))).contains("\"offset\":0");

    MemoryChannel c = memory("c");
    source = source(joined(c, "sink c"));
    var again = new FakeKafka();
    ship(loop(c, again));
    source.stop();
    assertThat(again.delivered)
        .as("nothing is lost for b, and a gets its lines again")
        .hasSize(LINES);
  }

  @Test
  void aSinkBehindASelectorThatSplitsGetsItsLines() throws Exception {
    MemoryChannel a = memory("a");
    MemoryChannel b = memory("b");
    joined(a, "sink a");
    joined(b, "sink b");
    var selector = new MultiplexingChannelSelector();
    selector.setChannels(List.of(a, b));
    selector.configure(new Context(Map.of("header", "none", "default", "a")));
    LogFileSource source = source(selector);
    ship(loop(a, kafka));
    source.stop();
    assertThat(kafka.delivered).hasSize(LINES);
  }

  @Test
  void aSpillableChannelLosesNothing() throws Exception {
    var channel = new SpillableMemoryChannel();
    channel.setName("spill");
    Configurables.configure(
        channel,
        new Context(
            Map.of(
                "memoryCapacity", "10000",
                "overflowCapacity", "100000",
                "overflowTimeout", "1",
                "checkpointDir", folder.resolve("checkpoint").toString(),
                "dataDirs", folder.resolve("data").toString())));
    channel.start();
    channels.add(channel);
    LogFileSource source = source(joined(channel, "sink"));
    SinkLoop loop = loop(channel, kafka);
    for (int i = 0; i < 4; i++) {
      loop.step();
    }
    source.stop();
    assertThat(kafka.delivered).hasSize(LINES);
  }

  @Test
  void aReloadThatRemovesTheSinkAndOneThatBringsItBackLoseNothing() throws Exception {
    MemoryChannel channel = memory("reloaded");
    LogFileSource source = source(joined(channel, "first"));
    SinkLoop loop = loop(channel, kafka);
    ship(loop);
    source.stop();
    loop.stop();
    Pairing.of(channel).leave("first");

    source = source(channel); // the sink's section has a typo, and Flume runs on without it
    append(LINES, 2 * LINES);
    read(source);
    source.stop();

    source = source(joined(channel, "second"));
    append(2 * LINES, 3 * LINES);
    read(source);
    ship(loop(channel, kafka));
    source.stop();
    assertThat(kafka.delivered).hasSize(3 * LINES).doesNotHaveDuplicates();
  }

  @Test
  void linesOfADeletedFileSurviveAReload() throws Exception {
    MemoryChannel channel = memory("deleted");
    LogFileSource source = source(joined(channel, "first"));
    Files.delete(folder.resolve("app.log"));
    source.stop();
    Pairing.of(channel).leave("first");
    source = source(joined(channel, "second"));
    ship(loop(channel, kafka));
    source.stop();
    assertThat(kafka.delivered).hasSize(LINES).doesNotHaveDuplicates();
  }

  @Test
  void linesOfAFileThatWasJustRenamedAreShippedOnce() throws Exception {
    MemoryChannel channel = memory("renamed");
    LogFileSource source = source(joined(channel, "first"));
    Files.move(folder.resolve("app.log"), folder.resolve("app.1.log"));
    source.stop();
    Pairing.of(channel).leave("first");
    source = source(joined(channel, "second"));
    ship(loop(channel, kafka));
    source.stop();
    assertThat(kafka.delivered).hasSize(LINES).doesNotHaveDuplicates();
  }

  @Test
  void aRemovedPositionFileMeansFromTheStart() throws Exception {
    MemoryChannel channel = memory("removed");
    LogFileSource source = source(joined(channel, "sink"));
    SinkLoop loop = loop(channel, kafka);
    ship(loop);
    source.stop();
    loop.stop();
    Pairing.of(channel).leave("sink");
    append(LINES, LINES + 1);
    source = source(joined(channel, "sink"));
    source.stop();
    Pairing.of(channel).leave("sink");
    Files.delete(folder.resolve("state/positions.json"));
    source = source(joined(channel, "sink"));
    loop = loop(channel, kafka);
    ship(loop);
    source.stop();
    assertThat(kafka.delivered).hasSize(2 * LINES + 1);
  }

  @Test
  void linesOfAFileThatIsStillThereAreReadAgainAfterAReload() throws Exception {
    MemoryChannel channel = memory("kept");
    LogFileSource source = source(joined(channel, "first"));
    source.stop();
    Pairing.of(channel).leave("first");
    source = source(joined(channel, "second"));
    ship(loop(channel, kafka));
    source.stop();
    assertThat(kafka.delivered).hasSize(LINES).doesNotHaveDuplicates();
  }

  @Test
  void exactlyOnceOnOneOfTwoChannelsIsRefused() {
    MemoryChannel a = memory("a");
    MemoryChannel b = memory("b");
    Pairing.of(a).join("sink a", Guarantee.EXACTLY_ONCE);
    joined(b, "sink b");
    var refused = new AtomicBoolean();
    assertThatThrownBy(
            () -> {
              try {
                source(a, b);
              } catch (EventDeliveryException e) {
                refused.set(true);
                throw e;
              }
            })
        .hasMessageContaining("exactly-once")
        .hasMessageContaining("2 channels");
    assertThat(refused).isTrue();
  }

  private void append(int from, int to) throws IOException {
    Files.writeString(
        folder.resolve("app.log"),
        IntStream.range(from, to).mapToObj(i -> "line " + i + "\n").collect(Collectors.joining()),
        UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private MemoryChannel memory(String name) {
    var channel = new MemoryChannel();
    channel.setName(name);
    channel.configure(
        new Context(Map.of("capacity", "10000", "transactionCapacity", "1000", "keep-alive", "0")));
    channel.start();
    channels.add(channel);
    return channel;
  }

  private static Channel joined(Channel channel, String sink) {
    Pairing.of(channel).join(sink, Guarantee.AT_LEAST_ONCE);
    return channel;
  }

  private LogFileSource source(Channel... all) throws EventDeliveryException {
    var selector = new ReplicatingChannelSelector();
    selector.setChannels(List.of(all));
    selector.configure(new Context());
    return source(selector);
  }

  /** A source that has read what there is. */
  private LogFileSource source(ChannelSelector selector) throws EventDeliveryException {
    var source = new LogFileSource();
    source.setName("tail");
    source.configure(
        new Context(
            new HashMap<>(
                Map.of(
                    "paths", folder.resolve("*.log").toString(),
                    "positionFile", folder.resolve("state/positions.json").toString()))));
    source.setChannelProcessor(new ChannelProcessor(selector));
    source.start();
    try {
      read(source);
    } catch (EventDeliveryException e) {
      source.stop();
      throw e;
    }
    return source;
  }

  private static void read(LogFileSource source) throws EventDeliveryException {
    for (int i = 0; i < 6; i++) {
      source.process();
    }
  }

  private static SinkLoop loop(Channel channel, FakeKafka kafka) {
    var problems = new Problems("sink");
    SinkConfig config =
        SinkSettings.parse(
            "sink",
            Map.of("kafka.bootstrap.servers", "nowhere:9092", "topics.raw", "raw"),
            problems);
    problems.throwIfAny("");
    return new SinkLoop(
        () -> kafka, config, channel, Company.UNKNOWN, new SinkMetrics("to " + channel.getName()));
  }

  private static void ship(SinkLoop loop) {
    for (int i = 0; i < 20; i++) {
      loop.step();
    }
  }
}
