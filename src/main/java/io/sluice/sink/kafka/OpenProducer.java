package io.sluice.sink.kafka;

import io.sluice.event.kafka.RecordSize;
import io.sluice.sink.DeliveryException;
import java.time.Duration;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.InterruptException;

/**
 * A Kafka producer that is given no more than the line carries. Used by the sink's thread.
 *
 * <p>{@link #flush} and {@link #send} wait for answers; if they wait in vain because requests are
 * too large for the line, {@link #check} says so.
 */
final class OpenProducer {
  private final Producer<byte[], byte[]> producer;
  private final Pace pace;
  private final StallGuard guard;

  /**
   * @param bufferBytes all that the producer may hold
   * @param requestTimeout how long it waits for an answer to one request
   */
  OpenProducer(
      Producer<byte[], byte[]> producer, Pace pace, long bufferBytes, Duration requestTimeout) {
    this.producer = producer;
    this.pace = pace;
    this.guard = new StallGuard(producer, requestTimeout.multipliedBy(3));
    pace.begin(bufferBytes);
  }

  Acks newAcks() {
    return new Acks(guard);
  }

  /** Gives the record to the client; from time to time waits until all is answered. */
  Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record, Callback callback) {
    Future<RecordMetadata> answer = producer.send(record, callback);
    if (pace.isFullWith(RecordSize.value(record))) {
      flush();
    }
    return answer;
  }

  /**
   * Waits until everything is answered, well or not.
   *
   * @throws InterruptException if the thread is interrupted
   */
  void flush() {
    long start = System.nanoTime();
    guard.waiting(true);
    try {
      producer.flush();
    } finally {
      guard.waiting(false);
    }
    pace.answered(Duration.ofNanos(System.nanoTime() - start));
  }

  /**
   * Whether the producer may go on.
   *
   * @throws DeliveryException if it was given up because nothing was answered
   */
  void check() throws DeliveryException {
    if (guard.isStalled()) {
      pace.stalled();
      throw new DeliveryException(
          "the broker can be reached, but no request was answered in time; the next ones are"
              + " smaller and may take longer",
          new IllegalStateException("stalled"));
    }
  }

  boolean isReachable() {
    return guard.isReachable();
  }

  int partitions(String topic) {
    return producer.partitionsFor(topic).size();
  }

  void close(Duration patience) {
    guard.stop();
    producer.close(patience);
  }
}
