package io.sluice.sink.kafka;

import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/** Which of Kafka's errors mean that a record will never be taken, however often it is sent. */
final class RecordErrors {
  private RecordErrors() {}

  /**
   * Whether the record itself is at fault. Authorization, authentication and availability never
   * are: they pass, and the record with them.
   */
  static boolean isForGood(Throwable error) {
    return error instanceof RecordTooLargeException
        || error instanceof RecordBatchTooLargeException
        || error instanceof InvalidTopicException
        || error instanceof InvalidTimestampException
        || error instanceof InvalidRecordException
        || error instanceof SerializationException;
  }
}
