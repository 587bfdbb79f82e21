package io.sluice.replay;

import io.sluice.event.kafka.VerdictRecordHeaders;
import io.sluice.kafkaclient.cluster.Cluster;
import io.sluice.kafkaclient.cluster.ClusterException;
import io.sluice.replay.Selection.Answer;
import io.sluice.validate.Rules;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * One replay: reads what is on one topic now, and writes the selected records to another, exactly
 * once. Interrupted at any moment, and started again with the same delivery id, it continues where
 * its last transaction ended.
 */
public final class Replay {
  private static final byte[] NO_VALUE = {};

  private final ReplayRequest request;
  private final Consumer<String> listener;
  private final ReplayCounts counts = new ReplayCounts();

  /**
   * @param listener hears of each batch, in words
   */
  public Replay(ReplayRequest request, Consumer<String> listener) {
    this.request = request;
    this.listener = listener;
  }

  /**
   * Runs to the end.
   *
   * @return the counts, as one line
   * @throws ClusterException if the cluster is not as required, or fails; what was written until
   *     then stays and is not written again
   */
  public String run() throws ClusterException {
    try (var cluster = new Cluster(request.client())) {
      cluster.requireTopics(Set.of(request.from(), request.to()));
      try {
        copy(new ReplayProgress(cluster.admin(), request));
      } catch (ProducerFencedException | InvalidProducerEpochException e) {
        throw new ClusterException(
            "another replay with delivery id \"%s\" was started and continues this one's work."
                .formatted(request.deliveryId()),
            e);
      } catch (KafkaException e) {
        throw cluster.unreachable(e);
      }
    }
    return counts.summary(request.dryRun());
  }

  private void copy(ReplayProgress progress) throws ClusterException {
    if (!request.dryRun()) {
      progress.ensure();
    }
    // First the producer: what an older one left open must be decided before offsets are read.
    try (RawRecords raw = request.dryRun() ? null : new RawRecords(request, progress);
        var invalid = new InvalidRecords(request, progress.read())) {
      while (invalid.left() > 0) {
        List<ConsumerRecord<byte[], byte[]>> selected = select(invalid.poll());
        if (raw != null) {
          raw.write(selected, invalid);
        }
        tell(invalid);
      }
    }
  }

  private List<ConsumerRecord<byte[], byte[]>> select(List<ConsumerRecord<byte[], byte[]>> batch) {
    var selected = new ArrayList<ConsumerRecord<byte[], byte[]>>();
    for (ConsumerRecord<byte[], byte[]> item : batch) {
      Answer answer = request.selection().of(item);
      counts.add(answer);
      if (answer == Answer.TAKEN) {
        selected.add(item);
        request.rules().ifPresent(rules -> judge(rules, item));
      }
    }
    return selected;
  }

  private void judge(Rules rules, ConsumerRecord<byte[], byte[]> item) {
    Headers headers = new RecordHeaders(item.headers());
    VerdictRecordHeaders.removeFrom(headers);
    byte @Nullable [] value = item.value();
    counts.add(
        rules.judge(
            value == null ? NO_VALUE : value, name -> VerdictRecordHeaders.text(headers, name)));
  }

  private void tell(InvalidRecords invalid) {
    long total = Math.max(1, invalid.total());
    long percent = 100 * (invalid.total() - invalid.left()) / total;
    listener.accept("%3d %%  %s".formatted(percent, counts.summary(request.dryRun())));
  }
}
