package io.sluice.cli.check;

import static io.sluice.config.Setting.bool;
import static io.sluice.config.Setting.integer;
import static io.sluice.config.Setting.longInteger;
import static io.sluice.config.Setting.prefix;
import static io.sluice.config.Setting.string;

import io.sluice.config.Setting;
import io.sluice.config.Settings;

/** Flume 1.11's channels, with their keys and defaults. */
final class FlumeChannels {
  static final String MEMORY = "memory";
  static final String FILE = "file";

  static final Setting<Integer> MEMORY_CAPACITY = integer("capacity").atLeast(1).defaultsTo(100);
  static final Setting<Integer> MEMORY_TRANSACTION =
      integer("transactionCapacity").atLeast(1).defaultsTo(100);
  static final Setting<Integer> FILE_CAPACITY =
      integer("capacity").atLeast(1).defaultsTo(1_000_000);
  static final Setting<Integer> FILE_TRANSACTION =
      integer("transactionCapacity").atLeast(1).defaultsTo(10_000);

  private static final Settings FILE_KEYS =
      Settings.of(
          "file channel",
          string("checkpointDir"),
          bool("useDualCheckpoints"),
          string("backupCheckpointDir"),
          bool("compressBackupCheckpoint"),
          string("dataDirs"),
          longInteger("checkpointInterval").atLeast(1),
          longInteger("maxFileSize").atLeast(1),
          longInteger("minimumRequiredSpace").atLeast(0),
          longInteger("keep-alive").atLeast(0),
          bool("use-log-replay-v1"),
          bool("use-fast-replay"),
          bool("checkpointOnClose"),
          bool("fsyncPerTransaction"),
          integer("fsyncInterval").atLeast(1),
          prefix("encryption."));

  private FlumeChannels() {}

  static void addTo(Catalogue catalogue) {
    catalogue
        .flume(
            Kind.CHANNEL,
            MEMORY,
            "org.apache.flume.channel.MemoryChannel",
            Settings.of(
                "memory channel",
                MEMORY_CAPACITY,
                MEMORY_TRANSACTION,
                integer("keep-alive").atLeast(0),
                longInteger("byteCapacity").atLeast(0),
                integer("byteCapacityBufferPercentage").between(0, 100)))
        .flume(
            Kind.CHANNEL,
            FILE,
            "org.apache.flume.channel.file.FileChannel",
            Settings.of("file channel", FILE_CAPACITY, FILE_TRANSACTION).and(FILE_KEYS))
        .flume(
            Kind.CHANNEL,
            "spillablememory",
            "org.apache.flume.channel.SpillableMemoryChannel",
            Settings.of(
                    "spillable memory channel",
                    integer("memoryCapacity").atLeast(0),
                    integer("overflowCapacity").atLeast(0),
                    integer("overflowTimeout").atLeast(0),
                    integer("overflowDeactivationThreshold").between(0, 100),
                    longInteger("byteCapacity").atLeast(0),
                    integer("byteCapacityBufferPercentage").between(0, 100),
                    longInteger("avgEventSize").atLeast(1),
                    FILE_TRANSACTION)
                .and(FILE_KEYS))
        .flume(
            Kind.CHANNEL,
            "",
            "org.apache.flume.channel.kafka.KafkaChannel",
            Settings.of(
                "Kafka channel",
                string("kafka.bootstrap.servers").required().doc("the brokers to ask first."),
                string("kafka.topic"),
                string("kafka.consumer.group.id"),
                bool("parseAsFlumeEvent"),
                longInteger("pollTimeout").atLeast(0),
                integer("defaultPartitionId").atLeast(0),
                string("partitionIdHeader"),
                bool("migrateZookeeperOffsets"),
                string("zookeeperConnect"),
                prefix("kafka.consumer."),
                prefix("kafka.producer.")))
        .flume(Kind.CHANNEL, "jdbc", "org.apache.flume.channel.jdbc.JdbcChannel")
        .flume(Kind.CHANNEL, "", "org.apache.flume.channel.PseudoTxnMemoryChannel");
  }
}
