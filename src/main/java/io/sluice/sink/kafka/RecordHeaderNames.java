package io.sluice.sink.kafka;

/** Names of the record headers that no event header stands for. */
final class RecordHeaderNames {
  /** Path of the file that the line was read from. */
  static final String FILE = "sluice.file";

  /** Offset of the line's first byte in that file. */
  static final String OFFSET = "sluice.offset";

  /** Topic that refused the record. */
  static final String TOPIC = "sluice.topic";

  /** Why, in Kafka's words. */
  static final String ERROR = "sluice.error";

  /** Length of the refused body, in bytes. */
  static final String LENGTH = "sluice.length";

  /** SHA-256 of the refused body, in hexadecimal. */
  static final String SHA256 = "sluice.sha256";

  private RecordHeaderNames() {}
}
