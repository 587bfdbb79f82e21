package io.sluice.sink.kafka;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.ApiException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidConfigurationException;
import org.apache.kafka.common.errors.InvalidRequestException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.InvalidTxnTimeoutException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SecurityDisabledException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TransactionAbortedException;
import org.apache.kafka.common.errors.UnsupportedByAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;
import org.apache.kafka.common.protocol.types.SchemaException;

/**
 * What each of Kafka's errors means for the record that got it. What the table does not name is as
 * its superclass; a test lists every class of the client and fails when a new client brings
 * another.
 */
final class RecordErrors {
  /** What has to be done. */
  enum Kind {
    /** The record will never be taken, however often it is sent. */
    FOR_GOOD,
    /** Another record is at fault, which shared its request or its transaction. */
    NEIGHBOR,
    /** Availability, authorization, authentication: it passes, and the record with it. */
    PASSING,
    /** Our configuration or our code; a person has to mend it, until then it is tried again. */
    OURS
  }

  private static final Map<Class<?>, Kind> TABLE =
      Map.ofEntries(
          Map.entry(InvalidRecordException.class, Kind.FOR_GOOD),
          Map.entry(InvalidTimestampException.class, Kind.FOR_GOOD),
          Map.entry(InvalidTopicException.class, Kind.FOR_GOOD),
          Map.entry(RecordBatchTooLargeException.class, Kind.FOR_GOOD),
          Map.entry(RecordTooLargeException.class, Kind.FOR_GOOD),
          Map.entry(SerializationException.class, Kind.FOR_GOOD),
          Map.entry(UnsupportedForMessageFormatException.class, Kind.FOR_GOOD),
          Map.entry(TransactionAbortedException.class, Kind.NEIGHBOR),
          Map.entry(KafkaException.class, Kind.NEIGHBOR), // "part of a batch with invalid records"
          Map.entry(AuthenticationException.class, Kind.PASSING),
          Map.entry(AuthorizationException.class, Kind.PASSING),
          Map.entry(ConfigException.class, Kind.OURS),
          Map.entry(InvalidConfigurationException.class, Kind.OURS),
          Map.entry(InvalidRequestException.class, Kind.OURS),
          Map.entry(InvalidTxnTimeoutException.class, Kind.OURS),
          Map.entry(PolicyViolationException.class, Kind.OURS),
          Map.entry(SchemaException.class, Kind.OURS),
          Map.entry(SecurityDisabledException.class, Kind.OURS),
          Map.entry(UnsupportedByAuthenticationException.class, Kind.OURS),
          Map.entry(UnsupportedCompressionTypeException.class, Kind.OURS),
          Map.entry(UnsupportedVersionException.class, Kind.OURS),
          Map.entry(ApiException.class, Kind.PASSING));

  private RecordErrors() {}

  static Kind kind(Class<?> error) {
    for (Class<?> type = error; type != null; type = type.getSuperclass()) {
      Kind kind = TABLE.get(type);
      if (kind != null) {
        return type == KafkaException.class && type != error ? Kind.PASSING : kind;
      }
    }
    return Kind.OURS;
  }

  /**
   * What {@code error} means for {@code record}, which was alone in its batch. A time that Kafka
   * refuses is the record's fault only if its event brought it; otherwise it is this machine's
   * clock that is wrong, and no record would be taken.
   *
   * <p>Of several culprits in one batch the client does not say by type what was wrong with each:
   * the broker's answer (KIP-467) has one code for the batch, and a text for each of them.
   */
  static Kind kind(Throwable error, ProducerRecord<?, ?> record) {
    return error instanceof InvalidTimestampException && record.timestamp() == null
        ? Kind.NEIGHBOR
        : kind(error.getClass());
  }

  /** Whether sending less shows which record is at fault. */
  static boolean isRefusal(Throwable error) {
    Kind kind = kind(error.getClass());
    return kind == Kind.FOR_GOOD || kind == Kind.NEIGHBOR;
  }
}
