package io.sluice.simulation;

import io.sluice.simulation.Broker.Coordinator;
import io.sluice.simulation.SimulatedProducer.Sent;
import java.util.List;
import java.util.function.Consumer;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;

/** One batch at the leader of its partition: checked as a whole, then written. */
final class Append {
  private final Broker broker;
  private final List<Sent> batch;
  private final Coordinator coordinator;

  Append(Broker broker, List<Sent> batch, Coordinator coordinator) {
    this.broker = broker;
    this.batch = batch;
    this.coordinator = coordinator;
  }

  /**
   * @param answerLost whether the records are written, and their producer never learns of it
   * @param hurt what a transaction takes harm from
   */
  void run(boolean answerLost, Consumer<RuntimeException> hurt) {
    List<Sent> culprits = batch.stream().filter(sent -> objection(sent) != null).toList();
    if (!culprits.isEmpty()) {
      refuse(culprits, hurt);
      return;
    }
    for (Sent sent : batch) {
      // A batch that is too large is split by the client, down to the record that is at fault.
      if (SimulatedProducer.sizeOf(sent.record()) > sent.topic().maxMessageBytes()) {
        var error =
            new RecordTooLargeException("The request included a message larger than the max");
        hurt.accept(error);
        broker.world().refused();
        SimulatedProducer.answer(sent, -1, error);
      } else {
        write(sent, answerLost, hurt);
      }
    }
  }

  private void write(Sent sent, boolean answerLost, Consumer<RuntimeException> hurt) {
    long offset =
        broker.append(sent.topic(), sent.partition(), sent.record(), sent.millis(), coordinator);
    RuntimeException error = answerLost ? new TimeoutException("Expiring 1 record(s)") : null;
    broker.world().written(sent, coordinator != null, answerLost);
    if (error != null) {
      hurt.accept(error);
    }
    SimulatedProducer.answer(sent, offset, error);
  }

  /** The broker names the culprits; their neighbours fail with them, and in their order. */
  private void refuse(List<Sent> culprits, Consumer<RuntimeException> hurt) {
    broker.world().refused();
    for (Sent sent : batch) {
      String objection = objection(sent);
      RuntimeException error;
      if (objection == null) {
        error =
            new KafkaException(
                "Failed to append record because it was part of a batch which had one more more"
                    + " invalid records");
      } else if (culprits.size() == 1 && objection.contains("imestamp")) {
        error = new InvalidTimestampException(objection);
      } else {
        error = new InvalidRecordException(objection);
      }
      hurt.accept(error);
      SimulatedProducer.answer(sent, -1, error);
    }
  }

  private String objection(Sent sent) {
    long after = Long.parseLong(sent.topic().settings.get("message.timestamp.after.max.ms"));
    if (sent.millis() > broker.world().clock().millis() + after) {
      return "Timestamp " + sent.millis() + " of message is out of range";
    }
    if (sent.topic().isCompacted() && sent.record().key() == null) {
      return "Compacted topic cannot accept message without key";
    }
    return null;
  }
}
