package io.sluice.simulation;

import io.sluice.simulation.Call.Fault;
import io.sluice.simulation.Topic.Entry;
import io.sluice.simulation.Topic.State;
import io.sluice.simulation.Topic.Transaction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * A small model of a Kafka cluster: topics with logs, and the coordinator of transactions with its
 * epochs. What goes wrong is decided by the life that is lived in {@link World}.
 */
final class Broker {
  /** Of one transactional id. */
  static final class Coordinator {
    long epoch;
    long timeoutNanos;
    Transaction open;

    /** A commit that has not reached the coordinator yet, and the epoch it was sent with. */
    long lateEpoch = -1;
  }

  private final World world;
  private final Random noise;
  private final Map<String, Topic> topics = new LinkedHashMap<>();
  private final Map<String, Coordinator> coordinators = new HashMap<>();
  private final List<SimulatedProducer> producers = new ArrayList<>();
  private long awayUntil;

  Broker(World world, Random noise) {
    this.world = world;
    this.noise = noise;
  }

  World world() {
    return world;
  }

  Random noise() {
    return noise;
  }

  Topic topic(String name) {
    return topics.get(name);
  }

  Topic create(String name, int partitions) {
    var topic = new Topic(name, partitions);
    topics.put(name, topic);
    return topic;
  }

  void delete(String name) {
    topics.remove(name);
  }

  Iterable<Topic> topics() {
    return topics.values();
  }

  /** No broker answers for a while. */
  void leave(long nanos) {
    awayUntil = Math.max(awayUntil, world.clock().nanos() + nanos);
  }

  boolean isAway() {
    return world.clock().nanos() < awayUntil;
  }

  long awayNanos() {
    return Math.max(0, awayUntil - world.clock().nanos());
  }

  /** Brokers are there again, and have done whatever was still on its way to them. */
  void comeBack() {
    awayUntil = 0;
    coordinators.values().forEach(this::arrive);
  }

  /** What happens to this call; null if nothing. Also lets late requests arrive. */
  Fault next(Call call) {
    coordinators.values().forEach(this::maybeArrive);
    return world.fault(call);
  }

  private void maybeArrive(Coordinator coordinator) {
    if (coordinator.lateEpoch >= 0 && noise.nextInt(3) == 0) {
      arrive(coordinator);
    }
  }

  private void arrive(Coordinator coordinator) {
    if (coordinator.lateEpoch == coordinator.epoch) {
      end(coordinator, State.COMMITTED);
    }
    coordinator.lateEpoch = -1;
  }

  /** Called whenever time has passed: transactions that took too long are aborted. */
  void tick() {
    for (Coordinator coordinator : coordinators.values()) {
      Transaction open = coordinator.open;
      if (open != null && world.clock().nanos() - open.beganNanos > coordinator.timeoutNanos) {
        expire(coordinator);
      }
    }
  }

  void expire(Coordinator coordinator) {
    end(coordinator, State.ABORTED);
    coordinator.epoch++;
    world.count("transaction aborted by the broker");
  }

  Coordinator coordinator(String id) {
    return coordinators.computeIfAbsent(id, key -> new Coordinator());
  }

  /** A producer takes over the transactional id; its new epoch. */
  long initialize(Coordinator coordinator, long timeoutNanos) {
    if (coordinator.lateEpoch >= 0 && noise.nextBoolean()) {
      arrive(coordinator);
    }
    end(coordinator, State.ABORTED);
    coordinator.timeoutNanos = timeoutNanos;
    return ++coordinator.epoch;
  }

  /** Ends the open transaction. A late request to end it does not end the next one (KIP-890). */
  void end(Coordinator coordinator, State state) {
    Transaction open = coordinator.open;
    coordinator.lateEpoch = -1;
    if (open != null) {
      coordinator.open = null;
      open.end(state, world.clock().millis());
      world.ended(open);
    }
  }

  /** Appends to the log; the offset. */
  long append(
      Topic topic,
      int partition,
      ProducerRecord<byte[], byte[]> record,
      long millis,
      Coordinator c) {
    List<Entry> log = topic.partitions.get(partition);
    Transaction transaction = null;
    if (c != null) {
      if (c.open == null) {
        c.open = new Transaction(world.clock().nanos());
      }
      transaction = c.open;
      transaction.add(log);
    }
    log.add(new Entry(record, millis, transaction));
    return log.size() - 1;
  }

  void register(SimulatedProducer producer) {
    producers.add(producer);
  }

  void unregister(SimulatedProducer producer) {
    producers.remove(producer);
  }

  List<SimulatedProducer> producers() {
    return producers;
  }

  /** Everything on its way arrives and is answered, if brokers are there. */
  void transmit() {
    for (SimulatedProducer producer : List.copyOf(producers)) {
      Agent owner = producer.owner();
      if (owner == world.acting()) {
        producer.transmit();
      } else if (!world.act(owner, producer::transmit)) {
        world.bury(owner);
      }
    }
  }
}
