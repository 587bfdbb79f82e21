package io.sluice.sink.kafka;

import io.sluice.delivery.Position;
import io.sluice.sink.DeliveryException;
import io.sluice.sink.FencedException;
import io.sluice.sink.Shipper.Committed;
import io.sluice.sink.SinkConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * The Kafka transactions of one delivery id (KIP-98, KIP-447, KIP-890), positions included.
 *
 * <p>Each sink that opens writes itself into the positions topic as the owner of the delivery id.
 * The broker fences a producer also when it was merely too slow, as after a long pause of the whole
 * process. The owner record tells the two apart: who still finds its own name there may go on.
 */
final class Transactions {
  private static final int COMMIT_ATTEMPTS = 6;

  private final Producer<byte[], byte[]> producer;
  private final PositionsTopic topic;
  private final String transactionalId;
  private final String instance;
  private final Duration timeout;

  /** When the open transaction began; 0 if none is open. */
  private long begunNanos;

  /**
   * @param timeout how long the broker lets a transaction take
   */
  Transactions(
      Producer<byte[], byte[]> producer, SinkConfig config, String instance, Duration timeout) {
    this.producer = producer;
    this.timeout = timeout;
    this.topic = new PositionsTopic(config);
    this.transactionalId = "sluice-" + config.deliveryId();
    this.instance = instance;
  }

  /**
   * Fences all older producers of the delivery id, ends what they left open, and reads what they
   * committed. The owner is looked at after the fence: nobody can take the id between the look and
   * our own owner record without fencing us, and so the newest of several sinks keeps the id.
   */
  Committed open(boolean again) throws DeliveryException, InterruptedException {
    topic.ensure();
    KafkaCall.run(
        "cannot begin as " + transactionalId,
        () -> {
          producer.initTransactions();
          return true;
        });
    PositionsTopic.Contents contents = topic.readAll();
    String owner = contents.owner();
    if (again && owner != null && !owner.equals(instance)) {
      throw new FencedException(
          "fenced by a newer producer with transactional.id \"%s\". Another agent uses this"
                  .formatted(transactionalId)
              + " deliveryId; give each sink its own. Nothing more will be shipped by this one.");
    }
    KafkaCall.run("cannot begin as " + transactionalId, () -> takeOver(contents.lastBatch()));
    return new Committed(contents.positions(), contents.lastBatch());
  }

  private RecordMetadata takeOver(String lastBatch)
      throws InterruptedException, ExecutionException {
    producer.beginTransaction();
    Future<RecordMetadata> owner = producer.send(topic.ownerRecord(instance, lastBatch));
    producer.commitTransaction();
    return owner.get();
  }

  void begin() throws DeliveryException, InterruptedException {
    KafkaCall.run(
        "cannot begin a transaction",
        () -> {
          producer.beginTransaction();
          return true;
        });
    begunNanos = System.nanoTime();
  }

  /** Whether the open transaction has taken longer than the broker allows. */
  boolean isOverdue() {
    return begunNanos != 0 && System.nanoTime() - begunNanos > timeout.toNanos();
  }

  /** The positions, and the name of the batch: who finds that knows that the batch is there. */
  List<ProducerRecord<byte[], byte[]>> records(List<Position> positions, String batch) {
    return Stream.concat(
            positions.stream().map(topic::record), Stream.of(topic.ownerRecord(instance, batch)))
        .toList();
  }

  /**
   * Commits. A commit that was not answered in time is asked for again, never aborted: it may have
   * taken place. If that does not help either, opening anew finds out.
   */
  void commit() throws DeliveryException, InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        producer.commitTransaction();
        begunNanos = 0;
        return;
      } catch (TimeoutException e) {
        if (attempt == COMMIT_ATTEMPTS) {
          throw KafkaCall.failed("the outcome of a commit is unknown", e);
        }
      } catch (InterruptException e) {
        throw KafkaCall.interrupted();
      } catch (RuntimeException e) { // all else that Kafka throws: opening anew settles it
        throw KafkaCall.failed("cannot commit a transaction", e);
      }
    }
  }

  void abort() throws DeliveryException, InterruptedException {
    KafkaCall.run(
        "cannot abort a transaction",
        () -> {
          producer.abortTransaction();
          return true;
        });
    begunNanos = 0;
  }
}
