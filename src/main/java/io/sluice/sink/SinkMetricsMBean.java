package io.sluice.sink;

import org.apache.flume.instrumentation.SinkCounterMBean;
import org.apache.flume.instrumentation.kafka.KafkaSinkCounterMBean;

/**
 * The sink's counters since its start, next to those that every Flume sink has and those that
 * dashboards read of Flume's KafkaSink.
 */
public interface SinkMetricsMBean extends SinkCounterMBean, KafkaSinkCounterMBean {
  long getRawRecordCount();

  long getValidRecordCount();

  long getInvalidRecordCount();

  /** Records on the one topic of a sink without {@code topics.*}. */
  long getPlainRecordCount();

  /** Bytes of the bodies delivered. */
  long getBodyByteCount();

  /** Records that Kafka refused for good. */
  long getUndeliverableRecordCount();

  /** Events dropped because their source was stopped and reads them again. */
  long getStaleEventCount();

  /** Events of a log file that another interceptor made, so that no position moves by them. */
  long getReplacedEventCount();

  /** Batches put back to be shipped again. */
  long getRetryCount();

  long getTransactionCommitCount();

  long getTransactionAbortCount();

  long getFencedCount();

  /** Milliseconds in which batches waited for Kafka, added up. */
  long getKafkaWaitMillis();
}
