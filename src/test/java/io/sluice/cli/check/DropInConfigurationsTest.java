package io.sluice.cli.check;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Configurations for TAILDIR and KafkaSink as people have them: after the types nothing is wrong.
 */
final class DropInConfigurationsTest {
  @TempDir Path folder;

  static Stream<Path> configurations() throws IOException {
    return Files.list(Path.of("src/test/resources/dropin")).sorted();
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void changingTheTypesIsEnough(Path configuration) throws IOException {
    Files.createDirectories(folder.resolve("logs"));
    Files.createFile(folder.resolve("logs/example.log"));
    Files.createFile(folder.resolve("logs/web-access.log"));
    String text =
        Files.readString(configuration)
            .replace("@ROOT@", folder.toString())
            .replaceAll("@BROKER@|@DEAD@", "localhost:9092")
            .replaceAll(
                "= ?(TAILDIR|org.apache.flume.source.taildir.TaildirSource)\n",
                "= io.sluice.source.LogFileSource\n")
            .replace("org.apache.flume.sink.kafka.KafkaSink", "io.sluice.sink.RoutingKafkaSink");
    Path file = Files.writeString(folder.resolve("agent.conf"), text);

    assertNoErrors(file);
  }

  private static void assertNoErrors(Path file) {
    Report report =
        AgentCheck.run(new Request(file, Optional.empty(), Optional.empty(), 500, false));

    assertThat(report.errors()).as(String.join("\n", report.lines())).isZero();
  }

  /** Lines beside those of {@link #PLAIN} that stock Flume starts with. */
  static Stream<List<String>> accepted() {
    return Stream.of(
        List.of("a1.sources.r1.batchSize = 1000000", "a1.sinks.k1.flumeBatchSize = 5000000"),
        List.of("a1.sources.r1.idleTimeout = -1", "a1.sources.r1.maxBatchCount = -1"),
        List.of(
            "a1.sources.r1.idleTimeout = 3000",
            "a1.sources.r1.writePosInterval = 1000",
            "a1.sources.r1.backoffSleepIncrement = 500",
            "a1.sources.r1.maxBackoffSleep = 1000",
            "a1.sources.r1.cachePatternMatching = FALSE"),
        List.of(
            "a1.sources.r1.fileHeader = TRUE   ",
            "a1.sources.r1.fileHeaderKey = path",
            "a1.sources.r1.byteOffsetHeader = true\t",
            "a1.sources.r1.headers.f1.log.type = web",
            "a1.sources.r1.headers.none.a = b"),
        List.of(
            "a1.sources.r1.filegroups = f1 f2 f3",
            "a1.sources.r1.filegroups.f2 = @ROOT@/logs/(web|app)-[0-9]{4}-\\\\d+\\\\.log(\\\\.\\\\d+)?",
            "a1.sources.r1.filegroups.f3 = @ROOT@/later/^.*(?<!gz)$"),
        List.of(
            "a1.sources.r1.channels = c1 c2",
            "a1.sources.r1.selector.type = replicating",
            "a1.sources.r1.selector.optional = c2",
            "a1.channels = c1 c2",
            "a1.sinks = k1 k2",
            "a1.channels.c2.type = memory",
            "a1.sinks.k2.type = logger",
            "a1.sinks.k2.channel = c2"),
        List.of(
            "a1.sources.r1.channels = c1 c2",
            "a1.sources.r1.selector.type = multiplexing",
            "a1.sources.r1.selector.header = log",
            "a1.sources.r1.selector.mapping.web = c1",
            "a1.sources.r1.selector.mapping.app = c1 c2",
            "a1.sources.r1.selector.default = c2",
            "a1.channels = c1 c2",
            "a1.sinks = k1 k2",
            "a1.channels.c2.type = file",
            "a1.channels.c2.checkpointDir = @ROOT@/checkpoint",
            "a1.channels.c2.dataDirs = @ROOT@/data",
            "a1.sinks.k2.type = io.sluice.sink.RoutingKafkaSink",
            "a1.sinks.k2.channel = c2",
            "a1.sinks.k2.kafka.topic = %{log}-%Y-%m-%d",
            "a1.sinks.k2.kafka.bootstrap.servers = localhost:9092"),
        List.of(
            "a1.sinks = k1 k2",
            "a1.sinks.k2.type = io.sluice.sink.RoutingKafkaSink",
            "a1.sinks.k2.channel = c1",
            "a1.sinks.k2.kafka.bootstrap.servers = localhost:9092, other:9092",
            "a1.sinkgroups = g1",
            "a1.sinkgroups.g1.sinks = k1 k2",
            "a1.sinkgroups.g1.processor.type = load_balance",
            "a1.sinkgroups.g1.processor.backoff = true",
            "a1.sinkgroups.g1.processor.selector = round_robin"),
        List.of(
            "a1.sinks.k1.allowTopicOverride = True",
            "a1.sinks.k1.topicHeader = log",
            "a1.sinks.k1.partitionIdHeader = part",
            "a1.sinks.k1.defaultPartitionId = 0",
            "a1.sinks.k1.timestampHeader = timestamp",
            "a1.sinks.k1.header.log = LOG",
            "a1.sinks.k1.useFlumeEventFormat = True"),
        List.of(
            "a1.sinks.k1.brokerList = old:9092",
            "a1.sinks.k1.topic = old",
            "a1.sinks.k1.batchSize = 100",
            "a1.sinks.k1.requiredAcks = 1",
            "a1.sinks.k1.metadata.broker.list = old:9092",
            "a1.sinks.k1.partition.key = 0",
            "a1.sinks.k1.partitioner.class = org.apache.flume.plugins.SinglePartition",
            "a1.sinks.k1.request.required.acks = 0",
            "a1.sinks.k1.max.message.size = 1000000",
            "a1.sinks.k1.producer.type = sync",
            "a1.sinks.k1.custom.encoding = UTF-8",
            "a1.sinks.k1.custom.topic.name = old"),
        List.of(
            "a1.sinks.k1.kafka.producer.request.timeout.ms = 30000",
            "a1.sinks.k1.kafka.producer.delivery.timeout.ms = 30000"),
        List.of(
            "a1.sinks.k1.kafka.producer.delivery.timeout.ms = 10000",
            "a1.sinks.k1.kafka.producer.request.timeout.ms = 10000",
            "a1.sinks.k1.kafka.producer.linger.ms = 0"),
        List.of(
            "a1.sinks.k1.kafka.producer.bootstrap.servers = other:9092",
            "a1.sinks.k1.kafka.producer.key.serializer = org.apache.kafka.common.serialization.StringSerializer",
            "a1.sinks.k1.kafka.producer.value.serializer = org.apache.kafka.common.serialization.ByteArraySerializer",
            "a1.sinks.k1.kafka.producer.batch.size = 0",
            "a1.sinks.k1.kafka.producer.max.block.ms = 0",
            "a1.sinks.k1.kafka.producer.block.on.buffer.full = true",
            "a1.sinks.k1.kafka.producer.metadata.fetch.timeout.ms = 60000",
            "a1.sinks.k1.kafka.producer.timeout.ms = 30000",
            "a1.sinks.k1.kafka.producer.client.id = flume",
            "a1.sinks.k1.kafka.producer.acks = 0"),
        List.of(
            "a1.sinks.k1.kafka.producer.acks = -1 ",
            "a1.sinks.k1.kafka.producer.retries = 2147483647",
            "a1.sinks.k1.kafka.producer.enable.idempotence = TRUE",
            "a1.sinks.k1.kafka.producer.buffer.memory = 33554432",
            "a1.sinks.k1.kafka.producer.max.request.size = 104857600",
            "a1.sinks.k1.kafka.producer.send.buffer.bytes = -1"),
        List.of(
            "a1.sinks.k1.kafka.producer.security.protocol = SASL_PLAINTEXT",
            "a1.sinks.k1.kafka.producer.sasl.mechanism = GSSAPI",
            "a1.sinks.k1.kafka.producer.sasl.kerberos.service.name = kafka"),
        List.of(
            "a1.sinks.k1.kafka.producer.security.protocol = SASL_SSL",
            "a1.sinks.k1.kafka.producer.sasl.mechanism = GSSAPI",
            "a1.sinks.k1.kafka.producer.ssl.disableTLSHostnameVerification = true",
            "a1.sinks.k1.kafka.producer.sasl.jaas.config = com.sun.security.auth.module.Krb5LoginModule required useKeyTab=true storeKey=true keyTab=\"@ROOT@/flume.keytab\" principal=\"flume/host@EXAMPLE.COM\";"),
        List.of(
            "a1.sources.r1.fileHeader = ${env:FILE_HEADER}",
            "a1.sources.r1.batchSize = ${env:BATCH}",
            "a1.sinks.k1.flumeBatchSize = ${env:BATCH}",
            "a1.sinks.k1.kafka.topic = ${env:TOPIC}",
            "a1.sinks.k1.kafka.bootstrap.servers = ${env:BROKERS}",
            "a1.sinks.k1.kafka.producer.acks = ${env:ACKS}",
            "a1.sinks.k1.kafka.producer.linger.ms = ${sys:linger}"));
  }

  private static final List<String> PLAIN =
      List.of(
          "a1.sources = r1",
          "a1.channels = c1",
          "a1.sinks = k1",
          "a1.sources.r1.type = io.sluice.source.LogFileSource",
          "a1.sources.r1.channels = c1",
          "a1.sources.r1.filegroups = f1",
          "a1.sources.r1.filegroups.f1 = @ROOT@/logs/.*\\.log",
          "a1.channels.c1.type = memory",
          "a1.sinks.k1.type = io.sluice.sink.RoutingKafkaSink",
          "a1.sinks.k1.channel = c1",
          "a1.sinks.k1.kafka.topic = t",
          "a1.sinks.k1.kafka.bootstrap.servers = localhost:9092");

  @ParameterizedTest
  @MethodSource("accepted")
  void whatStockFlumeStartsWithIsNoError(List<String> lines) throws IOException {
    Files.createDirectories(folder.resolve("logs"));
    List<String> keys = lines.stream().map(line -> line.split(" = ")[0]).toList();
    Path file =
        Files.write(
            folder.resolve("agent.conf"),
            Stream.concat(
                    PLAIN.stream().filter(line -> !keys.contains(line.split(" = ")[0])),
                    lines.stream())
                .map(line -> line.replace("@ROOT@", folder.toString()))
                .toList());

    assertNoErrors(file);
  }
}
