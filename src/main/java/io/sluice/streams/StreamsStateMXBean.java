package io.sluice.streams;

import io.sluice.monitoring.ValidatorStateMXBean;

/** The Kafka Streams application seen through JMX, beside what its validator counts. */
public interface StreamsStateMXBean extends ValidatorStateMXBean {
  /** Whether records are being checked, or partitions just handed over to that end. */
  boolean isRunning();

  /** Kafka Streams' own word, such as {@code RUNNING} or {@code REBALANCING}. */
  String getStreamsState();

  /**
   * Records of the raw topic that this instance has not read yet, of the partition that has most; 0
   * if it has no partition.
   */
  long getLagRecords();
}
