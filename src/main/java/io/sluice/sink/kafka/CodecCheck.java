package io.sluice.sink.kafka;

import io.sluice.config.Problems;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.compress.Compression;
import org.apache.kafka.common.record.internal.CompressionType;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.common.utils.ByteBufferOutputStream;

/**
 * Compresses nothing once. zstd and snappy unpack a native library into the temporary folder and
 * load it from there; where that is mounted noexec the first batch would kill the sink's thread.
 */
final class CodecCheck {
  private CodecCheck() {}

  static void check(ProducerConfig client, Problems problems) {
    String name = client.getString("compression.type");
    try {
      compress(CompressionType.forName(name));
    } catch (LinkageError | KafkaException e) { // the client wraps all that codecs throw
      problems.error(
          ("kafka.producer.compression.type = \"%s\" is not possible: its native library cannot be"
                  + " loaded from java.io.tmpdir = \"%s\" (is it mounted noexec?): give the agent"
                  + " -Djava.io.tmpdir=FOLDER in flume-env.sh, or write lz4 or gzip.")
              .formatted(name, System.getProperty("java.io.tmpdir")));
    }
  }

  private static void compress(CompressionType type) {
    try (OutputStream out =
        Compression.of(type)
            .build()
            .wrapForOutput(new ByteBufferOutputStream(512), RecordBatch.MAGIC_VALUE_V2)) {
      out.write(0);
    } catch (IOException e) {
      throw new UncheckedIOException("compressing in memory failed", e);
    }
  }
}
