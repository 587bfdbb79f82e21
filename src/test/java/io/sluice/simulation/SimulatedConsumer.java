package io.sluice.simulation;

import io.sluice.simulation.Call.Fault;
import io.sluice.simulation.Topic.Entry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.Deserializer;

/** Kafka's consumer, reading partitions that were assigned by hand, of committed records only. */
public final class SimulatedConsumer extends MockConsumer<byte[], byte[]> {
  private final World world;
  private final Broker broker;
  private final Agent owner;
  private final Map<TopicPartition, Integer> next = new HashMap<>();
  private final boolean committedOnly;
  private boolean shut;

  public SimulatedConsumer(
      Map<String, Object> properties, Deserializer<byte[]> key, Deserializer<byte[]> value) {
    super("earliest");
    this.world = World.current();
    this.broker = world.broker();
    this.owner = world.acting();
    this.committedOnly = "read_committed".equals(properties.get("isolation.level"));
    world.open(this);
  }

  @Override
  public synchronized void assign(Collection<TopicPartition> partitions) {
    next.keySet().retainAll(partitions);
    partitions.forEach(partition -> next.putIfAbsent(partition, 0));
  }

  @Override
  public synchronized void seekToBeginning(Collection<TopicPartition> partitions) {
    partitions.forEach(partition -> next.put(partition, 0));
  }

  @Override
  public synchronized void seek(TopicPartition partition, long offset) {
    next.put(partition, (int) offset);
  }

  @Override
  public synchronized long position(TopicPartition partition) {
    return next.get(partition);
  }

  @Override
  public synchronized Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
    call();
    Map<TopicPartition, Long> ends = new HashMap<>();
    for (TopicPartition partition : partitions) {
      List<Entry> log = log(partition);
      ends.put(
          partition, (long) (log == null ? 0 : committedOnly ? Topic.lastStable(log) : log.size()));
    }
    return ends;
  }

  @Override
  public Map<TopicPartition, Long> endOffsets(
      Collection<TopicPartition> partitions, Duration timeout) {
    return endOffsets(partitions);
  }

  @Override
  public synchronized Map<TopicPartition, Long> beginningOffsets(
      Collection<TopicPartition> partitions) {
    Map<TopicPartition, Long> begins = new HashMap<>();
    partitions.forEach(partition -> begins.put(partition, 0L));
    return begins;
  }

  private Fault call() {
    owner.checkAlive();
    Fault fault = broker.next(Call.READ);
    if (fault == Fault.KILLED_BEFORE || fault == Fault.KILLED_AFTER) {
      throw world.killed("while it read the positions topic");
    }
    if (fault == Fault.INTERRUPTED) {
      throw new InterruptException("interrupted in a read");
    }
    if (fault == Fault.OVERTAKEN) {
      world.otherAgentActs();
    }
    if (fault == Fault.FAILED || fault == Fault.DENIED) {
      throw new TimeoutException("Timeout of 10000ms expired before the position was found");
    }
    return fault;
  }

  private List<Entry> log(TopicPartition partition) {
    Topic topic = broker.topic(partition.topic());
    return topic == null ? null : topic.partitions.get(partition.partition());
  }

  @Override
  public synchronized ConsumerRecords<byte[], byte[]> poll(Duration timeout) {
    Fault fault = call();
    Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found = new HashMap<>();
    if (!broker.isAway() && fault == null) {
      next.replaceAll((partition, offset) -> read(partition, offset, found));
    }
    if (found.isEmpty()) {
      world.pass(timeout.toNanos());
    } else {
      world.pass(world.setup().nanosPerPoll());
    }
    return new ConsumerRecords<>(found, Map.of());
  }

  private int read(
      TopicPartition partition,
      int from,
      Map<TopicPartition, List<ConsumerRecord<byte[], byte[]>>> found) {
    List<Entry> log = log(partition);
    if (log == null) {
      return from;
    }
    int stable = committedOnly ? Topic.lastStable(log) : log.size();
    int offset = from;
    List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    for (; offset < stable && records.size() < world.setup().recordsPerPoll(); offset++) {
      Entry entry = log.get(offset);
      boolean visible = entry.isCommitted() || (!committedOnly && !entry.isMarker());
      if (visible && !entry.compacted) {
        records.add(
            new ConsumerRecord<>(
                partition.topic(),
                partition.partition(),
                offset,
                entry.millis,
                TimestampType.CREATE_TIME,
                -1,
                -1,
                entry.record.key(),
                entry.record.value(),
                new RecordHeaders(entry.record.headers()),
                Optional.empty()));
      }
    }
    if (!records.isEmpty()) {
      found.put(partition, records);
    }
    return offset;
  }

  @Override
  public synchronized void close() {
    shut();
  }

  @Override
  public void close(CloseOptions options) {
    shut();
  }

  private void shut() {
    if (!shut) {
      shut = true;
      world.closed(this);
    }
  }
}
