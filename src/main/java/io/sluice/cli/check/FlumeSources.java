package io.sluice.cli.check;

import static io.sluice.config.Setting.bool;
import static io.sluice.config.Setting.integer;
import static io.sluice.config.Setting.longInteger;
import static io.sluice.config.Setting.prefix;
import static io.sluice.config.Setting.string;

import io.sluice.config.Setting;
import io.sluice.config.Settings;

/** Flume 1.11's sources; the keys of those that are met most. */
final class FlumeSources {
  private static final Setting<Integer> PORT = integer("port").between(0, 65_535).required();
  private static final Setting<String> BIND = string("bind").required().doc("the address.");

  private FlumeSources() {}

  static void addTo(Catalogue catalogue) {
    add(catalogue, "taildir", "taildir.TaildirSource", taildir());
    add(catalogue, "", "kafka.KafkaSource", kafka());
    add(
        catalogue,
        "exec",
        "ExecSource",
        Settings.of(
            "exec source",
            string("command").required().doc("what to run."),
            string("shell"),
            longInteger("restartThrottle").atLeast(0),
            bool("restart"),
            bool("logStdErr"),
            integer("batchSize").atLeast(1).defaultsTo(20),
            longInteger("batchTimeout").atLeast(0),
            string("charset")));
    add(catalogue, "spooldir", "SpoolDirectorySource", spoolDirectory());
    add(
        catalogue,
        "netcat",
        "NetcatSource",
        Settings.of(
            "netcat source",
            BIND,
            PORT,
            integer("max-line-length").atLeast(1),
            bool("ack-every-event"),
            string("encoding")));
    add(
        catalogue,
        "seq",
        "SequenceGeneratorSource",
        Settings.of(
            "sequence source",
            integer("batchSize").atLeast(1).defaultsTo(1),
            longInteger("totalEvents").atLeast(0)));
    add(
        catalogue,
        "avro",
        "AvroSource",
        Settings.of(
            "avro source",
            BIND,
            PORT,
            integer("threads").atLeast(1),
            string("compression-type"),
            bool("ssl"),
            string("keystore"),
            string("keystore-password"),
            string("keystore-type"),
            prefix("exclude-"),
            prefix("include-"),
            bool("ipFilter"),
            string("ipFilterRules")));
    unknownKeys(catalogue, "netcatudp", "NetcatUdpSource");
    unknownKeys(catalogue, "syslogtcp", "SyslogTcpSource");
    unknownKeys(catalogue, "multiport_syslogtcp", "MultiportSyslogTCPSource");
    unknownKeys(catalogue, "syslogudp", "SyslogUDPSource");
    unknownKeys(catalogue, "http", "http.HTTPSource");
    unknownKeys(catalogue, "thrift", "ThriftSource");
    unknownKeys(catalogue, "jms", "jms.JMSSource");
    unknownKeys(catalogue, "", "StressSource");
  }

  private static Settings taildir() {
    return Settings.of(
        "TAILDIR",
        string("filegroups").required().doc("names of the file groups."),
        prefix("filegroups."),
        prefix("headers."),
        string("positionFile"),
        integer("batchSize").atLeast(1).defaultsTo(100),
        longInteger("maxBatchCount"),
        bool("skipToEnd"),
        integer("idleTimeout").atLeast(0),
        integer("writePosInterval").atLeast(1),
        bool("byteOffsetHeader"),
        bool("fileHeader"),
        string("fileHeaderKey"),
        bool("cachePatternMatching"),
        longInteger("backoffSleepIncrement").atLeast(0),
        longInteger("maxBackoffSleep").atLeast(0));
  }

  private static Settings kafka() {
    return Settings.of(
        "Kafka source",
        string("kafka.bootstrap.servers").required().doc("the brokers to ask first."),
        string("kafka.topics"),
        string("kafka.topics.regex"),
        string("kafka.consumer.group.id"),
        prefix("kafka.consumer."),
        integer("batchSize").atLeast(1).defaultsTo(1_000),
        integer("batchDurationMillis").atLeast(1),
        longInteger("backoffSleepIncrement").atLeast(0),
        longInteger("maxBackoffSleep").atLeast(0),
        bool("useFlumeEventFormat"),
        bool("setTopicHeader"),
        string("topicHeader"),
        string("timestampHeader"),
        prefix("header."),
        bool("migrateZookeeperOffsets"),
        string("zookeeperConnect"),
        string("topic"),
        string("groupId"));
  }

  private static Settings spoolDirectory() {
    return Settings.of(
        "spooling directory source",
        string("spoolDir").required().doc("the folder to read."),
        string("fileSuffix"),
        string("deletePolicy"),
        bool("fileHeader"),
        string("fileHeaderKey"),
        bool("basenameHeader"),
        string("basenameHeaderKey"),
        string("includePattern"),
        string("ignorePattern"),
        string("trackerDir"),
        string("trackingPolicy"),
        string("consumeOrder"),
        integer("pollDelay").atLeast(0),
        bool("recursiveDirectorySearch"),
        integer("maxBackoff").atLeast(0),
        integer("batchSize").atLeast(1).defaultsTo(100),
        string("inputCharset"),
        string("decodeErrorPolicy"),
        string("deserializer"),
        prefix("deserializer."),
        integer("bufferMaxLines"),
        integer("bufferMaxLineLength"));
  }

  private static void add(Catalogue catalogue, String alias, String name, Settings keys) {
    catalogue.flume(
        Kind.SOURCE,
        alias,
        "org.apache.flume.source." + name,
        keys.beside("channels", "selector", "interceptors"));
  }

  private static void unknownKeys(Catalogue catalogue, String alias, String name) {
    catalogue.flume(Kind.SOURCE, alias, "org.apache.flume.source." + name);
  }
}
