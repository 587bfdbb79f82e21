package io.sluice.cli.check;

import static io.sluice.config.Setting.bool;
import static io.sluice.config.Setting.integer;
import static io.sluice.config.Setting.longInteger;
import static io.sluice.config.Setting.prefix;
import static io.sluice.config.Setting.string;

import io.sluice.config.Settings;

/** Flume 1.11's sinks; the keys of those that are met most. */
final class FlumeSinks {
  private FlumeSinks() {}

  static void addTo(Catalogue catalogue) {
    add(
        catalogue,
        "",
        "kafka.KafkaSink",
        Settings.of(
            "Kafka sink",
            string("kafka.bootstrap.servers")
                .required()
                .alias("brokerList")
                .doc("the brokers to ask first."),
            string("kafka.topic").alias("topic"),
            integer("flumeBatchSize").atLeast(1).defaultsTo(100).alias("batchSize"),
            bool("useFlumeEventFormat"),
            integer("defaultPartitionId").atLeast(0),
            string("partitionIdHeader"),
            bool("allowTopicOverride"),
            string("topicHeader"),
            string("timestampHeader"),
            prefix("header."),
            string("requiredAcks"),
            prefix("kafka.producer.")));
    add(
        catalogue,
        "logger",
        "LoggerSink",
        Settings.of("logger sink", integer("maxBytesToLog").atLeast(0)));
    add(
        catalogue,
        "null",
        "NullSink",
        Settings.of(
            "null sink",
            integer("batchSize").atLeast(1).defaultsTo(100),
            integer("logEveryNEvents").atLeast(1)));
    add(
        catalogue,
        "file_roll",
        "RollingFileSink",
        Settings.of(
            "rolling file sink",
            string("sink.directory").required().doc("the folder to write."),
            longInteger("sink.rollInterval").atLeast(0),
            string("sink.serializer"),
            prefix("sink.serializer."),
            string("sink.pathManager"),
            prefix("sink.pathManager."),
            integer("sink.batchSize").atLeast(1).defaultsTo(100)));
    add(
        catalogue,
        "avro",
        "AvroSink",
        Settings.of(
            "avro sink",
            string("hostname").required().doc("the host to send to."),
            integer("port").between(1, 65_535).required().doc("its port."),
            integer("batch-size").atLeast(1).defaultsTo(100),
            longInteger("connect-timeout").atLeast(0),
            longInteger("request-timeout").atLeast(0),
            integer("reset-connection-interval").atLeast(0),
            string("compression-type"),
            integer("compression-level").between(0, 9),
            bool("ssl"),
            bool("trust-all-certs"),
            prefix("truststore"),
            prefix("exclude-"),
            prefix("include-"),
            integer("maxIoWorkers").atLeast(1)));
    unknownKeys(catalogue, "hdfs", "hdfs.HDFSEventSink");
    unknownKeys(catalogue, "irc", "irc.IRCSink");
    unknownKeys(catalogue, "thrift", "ThriftSink");
    unknownKeys(catalogue, "elasticsearch", "elasticsearch.ElasticSearchSink");
    unknownKeys(catalogue, "hbase", "hbase.HBaseSink");
    unknownKeys(catalogue, "asynchbase", "hbase.AsyncHBaseSink");
    unknownKeys(catalogue, "hbase2", "hbase2.HBase2Sink");
    unknownKeys(catalogue, "morphline_solr", "solr.morphline.MorphlineSolrSink");
    unknownKeys(catalogue, "hive", "hive.HiveSink");
    unknownKeys(catalogue, "http", "http.HttpSink");
  }

  private static void add(Catalogue catalogue, String alias, String name, Settings keys) {
    catalogue.flume(Kind.SINK, alias, "org.apache.flume.sink." + name, keys.beside("channel"));
  }

  private static void unknownKeys(Catalogue catalogue, String alias, String name) {
    catalogue.flume(Kind.SINK, alias, "org.apache.flume.sink." + name);
  }
}
