package io.sluice.event.kafka;

import java.util.List;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.internal.AbstractRecords;
import org.apache.kafka.common.record.internal.DefaultRecordBatch;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.jspecify.annotations.Nullable;

/** How large a record is to those who have a limit for it. */
public final class RecordSize {
  private RecordSize() {}

  /** Of the value alone; 0 for a tombstone. */
  public static int value(ProducerRecord<?, byte[]> record) {
    byte[] value = record.value();
    return value == null ? 0 : value.length;
  }

  /** In a batch of its own and not compressed, as {@code max.message.bytes} counts. */
  public static int alone(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    return DefaultRecordBatch.sizeInBytes(
        List.of(new SimpleRecord(0, key, value, headers.toArray())));
  }

  /** As the producer estimates it for {@code max.request.size}, compressed or not. */
  public static int estimated(byte @Nullable [] key, byte @Nullable [] value, Headers headers) {
    return AbstractRecords.estimateSizeInBytesUpperBound(
        RecordBatch.CURRENT_MAGIC_VALUE, Compression.NONE.type(), key, value, headers.toArray());
  }
}
