package io.sluice.simulation;

import io.sluice.simulation.Broker.Coordinator;
import io.sluice.simulation.Call.Fault;
import io.sluice.simulation.Topic.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.UnknownServerException;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.serialization.Serializer;

/**
 * Kafka's producer as client 4.3.1 behaves towards its caller, in one thread: records are on their
 * way until something lets the network run, a transaction that met an error can only be aborted,
 * and who was fenced can do nothing.
 */
public final class SimulatedProducer implements Producer<byte[], byte[]> {
  private enum Phase {
    NEW,
    READY,
    IN_TRANSACTION,
    /** Something of the transaction failed: it can only be aborted. */
    ABORTABLE,
    FATAL
  }

  /** One record on its way. */
  record Sent(
      ProducerRecord<byte[], byte[]> record,
      Topic topic,
      int partition,
      long millis,
      Callback callback,
      CompletableFuture<RecordMetadata> future) {}

  private final Broker broker;
  private final World world;
  private final Agent owner;
  private final String transactionalId;
  private final Coordinator coordinator;
  private final int maxRequestBytes;
  private final long maxBlockNanos;
  private final long deliveryNanos;
  private final long transactionNanos;
  private List<Sent> pending = new ArrayList<>();
  private Phase phase = Phase.NEW;
  private RuntimeException lastError;
  private long epoch = -1;
  private boolean committing;
  private boolean closed;
  private int sentCount;

  public SimulatedProducer(
      Map<String, Object> properties, Serializer<byte[]> key, Serializer<byte[]> value) {
    this.world = World.current();
    this.broker = world.broker();
    this.owner = world.acting();
    Object id = properties.get("transactional.id");
    this.transactionalId = id == null ? null : id.toString();
    this.coordinator = id == null ? null : broker.coordinator(transactionalId);
    this.maxRequestBytes = (int) number(properties, "max.request.size", 1 << 20);
    this.maxBlockNanos = nanos(properties, "max.block.ms", 60_000);
    this.deliveryNanos = nanos(properties, "delivery.timeout.ms", 120_000);
    this.transactionNanos = nanos(properties, "transaction.timeout.ms", 60_000);
    broker.register(this);
  }

  private static long number(Map<String, Object> properties, String key, long otherwise) {
    Object value = properties.get(key);
    return value == null ? otherwise : Long.parseLong(value.toString());
  }

  private static long nanos(Map<String, Object> properties, String key, long otherwise) {
    return TimeUnit.MILLISECONDS.toNanos(number(properties, key, otherwise));
  }

  Agent owner() {
    return owner;
  }

  @Override
  public void initTransactions() {
    checkOpen();
    Fault fault = before(Call.INIT);
    if (fault == Fault.TIMED_OUT || waits()) {
      world.pass(maxBlockNanos);
      throw new TimeoutException("Timeout expired while awaiting InitProducerId");
    }
    if (fault == Fault.FAILED) {
      phase = Phase.FATAL;
      throw new KafkaException("Unexpected error in InitProducerIdResponse");
    }
    epoch = broker.initialize(coordinator, transactionNanos);
    phase = Phase.READY;
    after(fault, "InitProducerId");
  }

  @Override
  public void beginTransaction() {
    checkOpen();
    failIfBroken();
    if (phase != Phase.READY) {
      throw new IllegalStateException("Invalid transition attempted from state " + phase);
    }
    phase = Phase.IN_TRANSACTION;
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
    return send(record, null);
  }

  @Override
  public Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
    checkOpen();
    if (coordinator != null) {
      failIfBroken();
      if (phase != Phase.IN_TRANSACTION) {
        throw new IllegalStateException("Cannot add partition to a transaction in state " + phase);
      }
    }
    Fault fault = before(Call.METADATA);
    Topic topic = broker.topic(record.topic());
    if (!record.topic().matches("[A-Za-z0-9._-]{1,249}")) {
      return refused(callback, new InvalidTopicException("Invalid topics: " + record.topic()));
    }
    if (topic == null || fault == Fault.TIMED_OUT || fault == Fault.ANSWER_LOST) {
      world.pass(maxBlockNanos);
      return refused(
          callback, new TimeoutException("Topic " + record.topic() + " not present in metadata"));
    }
    if (fault == Fault.DENIED || fault == Fault.FAILED) {
      return refused(callback, new TopicAuthorizationException(record.topic()));
    }
    int size = sizeOf(record);
    if (size > maxRequestBytes) {
      return refused(callback, new RecordTooLargeException("The message is " + size + " bytes"));
    }
    world.sending(record, owner);
    var future = new CompletableFuture<RecordMetadata>();
    long millis = record.timestamp() == null ? world.clock().agentMillis() : record.timestamp();
    pending.add(new Sent(record, topic, partition(record, topic), millis, callback, future));
    if (broker.noise().nextInt(8) == 0) {
      transmit();
    }
    return future;
  }

  private int partition(ProducerRecord<byte[], byte[]> record, Topic topic) {
    return record.partition() != null
        ? record.partition()
        : (sentCount++ / 5) % topic.partitions.size();
  }

  /** As {@code RecordBatch} counts it, nearly. */
  static int sizeOf(ProducerRecord<byte[], byte[]> record) {
    int size = 82 + (record.key() == null ? 0 : record.key().length);
    size += record.value() == null ? 0 : record.value().length;
    for (var header : record.headers()) {
      size += header.key().length() + (header.value() == null ? 0 : header.value().length) + 4;
    }
    return size;
  }

  private Future<RecordMetadata> refused(Callback callback, RuntimeException error) {
    if (callback != null) {
      callback.onCompletion(null, error);
    }
    hurt(error);
    return CompletableFuture.failedFuture(error);
  }

  private void hurt(RuntimeException error) {
    if (coordinator != null && phase == Phase.IN_TRANSACTION) {
      phase = Phase.ABORTABLE;
      lastError = error;
    }
  }

  /** Lets what is on its way arrive, partition by partition in any order. */
  void transmit() {
    if (closed || owner.isDead() || broker.isAway() || pending.isEmpty()) {
      return;
    }
    Map<List<Topic.Entry>, List<Sent>> batches = new LinkedHashMap<>();
    for (Sent sent : pending) {
      batches
          .computeIfAbsent(sent.topic().partitions.get(sent.partition()), key -> new Partition())
          .add(sent);
    }
    pending = new ArrayList<>();
    List<List<Sent>> order = new ArrayList<>(batches.values());
    Collections.shuffle(order, broker.noise());
    for (List<Sent> batch : order) {
      if (phase == Phase.ABORTABLE || phase == Phase.FATAL) {
        fail(batch, lastError);
      } else {
        deliver(batch);
      }
    }
  }

  /** Equal only to itself, as a key. */
  private static final class Partition extends ArrayList<Sent> {
    private static final long serialVersionUID = 1L;
  }

  private void deliver(List<Sent> batch) {
    Fault fault = before(Call.PRODUCE);
    long bytes = 0;
    for (Sent sent : batch) {
      bytes += sizeOf(sent.record());
    }
    world.pass(bytes * world.setup().nanosPerByte);
    if (fault == Fault.TIMED_OUT) {
      fail(batch, new TimeoutException("Expiring " + batch.size() + " record(s)"));
    } else if (fault == Fault.FAILED) {
      fail(batch, new UnknownServerException("The server experienced an unexpected error"));
    } else if (fault == Fault.DENIED || batch.get(0).topic().denied) {
      fail(batch, new TopicAuthorizationException(batch.get(0).topic().name));
    } else if (broker.topic(batch.get(0).topic().name) != batch.get(0).topic()) {
      fail(batch, new TimeoutException("Expiring " + batch.size() + " record(s): no such topic"));
    } else if (coordinator != null && coordinator.epoch != epoch) {
      fail(batch, new InvalidProducerEpochException("Producer attempted with an old epoch"));
    } else {
      new Append(broker, batch, coordinator).run(fault == Fault.ANSWER_LOST, this::hurt);
    }
    if (fault == Fault.KILLED_AFTER) {
      throw world.killed("after records were written");
    }
  }

  void fail(List<Sent> batch, RuntimeException error) {
    hurt(error);
    batch.forEach(sent -> answer(sent, -1, error));
  }

  static void answer(Sent sent, long offset, RuntimeException error) {
    var metadata =
        new RecordMetadata(
            new TopicPartition(sent.topic().name, sent.partition()), offset, 0, 0, 0, 0);
    Machine.answer(
        () -> {
          if (sent.callback() != null) {
            sent.callback().onCompletion(error == null ? metadata : null, error);
          }
        });
    if (error == null) {
      sent.future().complete(metadata);
    } else {
      sent.future().completeExceptionally(error);
    }
  }

  @Override
  public void flush() {
    checkOpen();
    before(Call.FLUSH);
    if (waits() && !pending.isEmpty()) {
      if (broker.awayNanos() > deliveryNanos) {
        world.pass(deliveryNanos);
        expirePending();
      } else {
        world.pass(broker.awayNanos());
      }
    }
    transmit();
  }

  private void expirePending() {
    List<Sent> expired = pending;
    pending = new ArrayList<>();
    fail(expired, new TimeoutException("Expiring " + expired.size() + " record(s)"));
  }

  @Override
  public void commitTransaction() {
    checkOpen();
    failIfBroken();
    if (phase != Phase.IN_TRANSACTION) {
      throw new IllegalStateException("Invalid transition attempted from state " + phase);
    }
    flush();
    failIfBroken();
    Fault fault = before(Call.COMMIT);
    if (waits() || fault == Fault.TIMED_OUT || fault == Fault.LATE) {
      if (fault == Fault.LATE) {
        coordinator.lateEpoch = epoch;
      }
      committing = true;
      world.pass(maxBlockNanos);
      throw new TimeoutException("Timeout expired while awaiting EndTxn(true)");
    }
    end(fault, State.COMMITTED);
    world.knowsItCommitted(owner);
  }

  @Override
  public void abortTransaction() {
    checkOpen();
    if (phase == Phase.FATAL) {
      failIfBroken();
    }
    if (committing) {
      throw new IllegalStateException("Cannot attempt operation `abortTransaction` now");
    }
    if (phase != Phase.IN_TRANSACTION && phase != Phase.ABORTABLE) {
      throw new IllegalStateException("Invalid transition attempted from state " + phase);
    }
    List<Sent> dropped = pending;
    pending = new ArrayList<>();
    fail(dropped, new KafkaException("Transaction aborted"));
    Fault fault = before(Call.ABORT);
    if (waits() || fault == Fault.TIMED_OUT || fault == Fault.LATE) {
      world.pass(maxBlockNanos);
      throw new TimeoutException("Timeout expired while awaiting EndTxn(false)");
    }
    end(fault, State.ABORTED);
  }

  private void end(Fault fault, State state) {
    if (fault == Fault.FAILED) {
      phase = Phase.FATAL;
      lastError = new KafkaException("Unhandled error in EndTxnResponse");
      throw lastError;
    }
    if (coordinator.epoch != epoch) {
      phase = Phase.FATAL;
      lastError =
          new ProducerFencedException("There is a newer producer with the same transactionalId");
      throw lastError;
    }
    broker.end(coordinator, state);
    if (fault == Fault.ANSWER_LOST && state == State.COMMITTED) {
      committing = true;
    } else {
      phase = Phase.READY;
      committing = false;
      lastError = null;
    }
    after(fault, "EndTxn");
  }

  /** What happens before the call has any effect. */
  private Fault before(Call call) {
    owner.checkAlive();
    Fault fault = broker.next(call);
    if (fault == Fault.KILLED_BEFORE) {
      throw world.killed("before " + call);
    }
    if (fault == Fault.INTERRUPTED && call != Call.PRODUCE && call != Call.METADATA) {
      throw new InterruptException("interrupted in " + call);
    }
    if (fault == Fault.OVERTAKEN) {
      world.otherAgentActs();
    }
    if (fault == Fault.FENCED && coordinator != null && phase != Phase.NEW) {
      broker.expire(coordinator);
    }
    return fault;
  }

  private void after(Fault fault, String what) {
    if (fault == Fault.KILLED_AFTER) {
      throw world.killed("after " + what);
    }
    if (fault == Fault.ANSWER_LOST) {
      world.pass(maxBlockNanos);
      throw new TimeoutException("Timeout expired while awaiting " + what);
    }
  }

  /** Whether no broker answers within the time that a call may block. */
  private boolean waits() {
    if (broker.awayNanos() > maxBlockNanos) {
      return true;
    }
    world.pass(broker.awayNanos());
    return false;
  }

  private void failIfBroken() {
    if (phase == Phase.FATAL || phase == Phase.ABORTABLE) {
      throw new KafkaException(
          "Cannot execute transactional method because we are in an error state", lastError);
    }
  }

  private void checkOpen() {
    owner.checkAlive();
    if (closed) {
      throw new IllegalStateException("Cannot perform operation after producer has been closed");
    }
  }

  @Override
  public List<PartitionInfo> partitionsFor(String name) {
    checkOpen();
    Fault fault = before(Call.METADATA);
    if (waits() || (fault != null && fault != Fault.DENIED) || broker.topic(name) == null) {
      world.pass(maxBlockNanos);
      throw new TimeoutException("Topic " + name + " not present in metadata");
    }
    if (fault == Fault.DENIED || broker.topic(name).denied) {
      throw new TopicAuthorizationException(name);
    }
    var node = new Node(1, "simulated", 9092);
    List<PartitionInfo> all = new ArrayList<>();
    for (int i = 0; i < broker.topic(name).partitions.size(); i++) {
      all.add(new PartitionInfo(name, i, node, new Node[] {node}, new Node[] {node}));
    }
    return all;
  }

  @Override
  public void close() {
    close(Duration.ofMillis(Long.MAX_VALUE));
  }

  /** In time what is on its way arrives; else nobody knows what has become of it. */
  @Override
  public void close(Duration timeout) {
    if (closed || owner.isDead()) {
      return;
    }
    if (!timeout.isZero() && !broker.isAway()) {
      transmit();
      if (phase == Phase.IN_TRANSACTION || phase == Phase.ABORTABLE) {
        if (coordinator.epoch == epoch && !committing) {
          broker.end(coordinator, State.ABORTED);
        }
      }
    } else if (!pending.isEmpty() && !broker.isAway() && broker.noise().nextBoolean()) {
      List<Sent> arriving = pending;
      pending = new ArrayList<>();
      if (coordinator == null || (phase == Phase.IN_TRANSACTION && coordinator.epoch == epoch)) {
        new Append(broker, arriving, coordinator).run(true, error -> {});
      }
    }
    List<Sent> left = pending;
    pending = new ArrayList<>();
    fail(left, new KafkaException("Producer is closed forcefully."));
    closed = true;
    broker.unregister(this);
  }

  /** How many records have no answer yet. */
  int pendingCount() {
    return pending.size();
  }

  @Override
  public void sendOffsetsToTransaction(
      Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata group) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void registerMetricForSubscription(KafkaMetric metric) {}

  @Override
  public void unregisterMetricFromSubscription(KafkaMetric metric) {}

  @Override
  public Map<MetricName, ? extends Metric> metrics() {
    return Map.of();
  }

  @Override
  public Uuid clientInstanceId(Duration timeout) {
    return Uuid.ZERO_UUID;
  }
}
