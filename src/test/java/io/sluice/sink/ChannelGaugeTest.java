package io.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.flume.Context;
import org.apache.flume.Transaction;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.instrumentation.ChannelCounter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ChannelGaugeTest {
  private final MemoryChannel channel = new MemoryChannel();

  @BeforeEach
  void start() {
    channel.setName("gauged");
    channel.configure(new Context());
    channel.start();
  }

  @AfterEach
  void stop() {
    channel.stop();
  }

  @Test
  void knowsWhatIsThereAtTheBeginningAndWhatComesLater() throws Exception {
    put(2);
    ChannelGauge gauge = ChannelGauge.of(channel);
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    gauge.begin();
    assertThat(gauge.hasMoreThan(0)).isTrue();
    channel.take();
    assertThat(gauge.hasMoreThan(1)).isTrue();
    channel.take();
    assertThat(gauge.hasMoreThan(2)).isFalse();

    var other = new Thread(() -> put(1));
    other.start();
    other.join();
    assertThat(gauge.hasMoreThan(2)).isTrue();
    channel.take();
    assertThat(gauge.hasMoreThan(3)).isFalse();
    transaction.commit();
    transaction.close();
  }

  @Test
  void saysYesWhenNobodyCounts() {
    channel.setName("nobody counts this one");
    ChannelGauge gauge = ChannelGauge.of(channel);
    gauge.begin();

    assertThat(gauge.hasMoreThan(1_000_000)).isTrue();
  }

  /** As Flume's Kafka channel: it counts what it puts, and always shows a size of 0. */
  @Test
  void saysYesWhenTheChannelDoesNotKnowItsSize() {
    channel.setName("sizeless");
    var counter = new ChannelCounter("sizeless");
    counter.start();
    ChannelGauge gauge = ChannelGauge.of(channel);
    gauge.begin();

    assertThat(gauge.hasMoreThan(1)).isTrue();
    counter.stop();
  }

  private void put(int events) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    for (int i = 0; i < events; i++) {
      channel.put(EventBuilder.withBody(new byte[1]));
    }
    transaction.commit();
    transaction.close();
  }
}
