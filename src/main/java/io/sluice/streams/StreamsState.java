package io.sluice.streams;

import io.sluice.monitoring.InvalidLines;
import io.sluice.monitoring.ValidatorState;
import io.sluice.validate.Validator;
import org.apache.kafka.streams.KafkaStreams;

/** Thread-safe. */
final class StreamsState extends ValidatorState implements StreamsStateMXBean {
  private final KafkaStreams streams;

  StreamsState(Validator validator, KafkaStreams streams) {
    super(validator, InvalidLines.none());
    this.streams = streams;
  }

  @Override
  public boolean isRunning() {
    return streams.state().isRunningOrRebalancing();
  }

  @Override
  public String getStreamsState() {
    return streams.state().name();
  }

  @Override
  public long getLagRecords() {
    return streams.metrics().values().stream()
        .filter(metric -> metric.metricName().name().equals("records-lag-max"))
        .map(metric -> metric.metricValue())
        .filter(Double.class::isInstance)
        .mapToDouble(Double.class::cast)
        .filter(Double::isFinite) // without a partition it is no number
        .mapToLong(lag -> (long) lag)
        .max()
        .orElse(0);
  }
}
