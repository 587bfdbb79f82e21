package io.sluice.sink.kafka;

/** Names of the record headers that no event header stands for. */
final class RecordHeaderNames {
  /** Path of the file that the line was read from. */
  static final String FILE = "sluice.file";

  /** Offset of the line's first byte in that file. */
  static final String OFFSET = "sluice.offset";

  private RecordHeaderNames() {}
}
