package io.sluice.streams;

import io.sluice.kafkaclient.cluster.Cluster;
import io.sluice.validate.Validator;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.streams.StreamsConfig;

/**
 * The application's configuration, checked.
 *
 * @param servers brokers to ask first
 * @param streams what the user gave for Kafka Streams and its clients
 */
record StreamsConfiguration(
    String servers,
    String applicationId,
    String raw,
    String valid,
    String invalid,
    boolean exactlyOnce,
    int threads,
    Map<String, String> streams,
    Validator validator) {

  /** For Kafka Streams: what suits throughput, then what the user gave, then what must be so. */
  Properties properties() {
    var properties = new Properties();
    properties.put(StreamsConfig.producerPrefix("batch.size"), "131072");
    properties.put(StreamsConfig.producerPrefix("linger.ms"), "20");
    properties.put(StreamsConfig.consumerPrefix("auto.offset.reset"), "earliest");
    properties.putAll(streams);
    properties.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
    properties.put(StreamsConfig.APPLICATION_ID_CONFIG, applicationId);
    properties.put(
        StreamsConfig.PROCESSING_GUARANTEE_CONFIG,
        exactlyOnce ? StreamsConfig.EXACTLY_ONCE_V2 : StreamsConfig.AT_LEAST_ONCE);
    properties.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, threads);
    properties.put(StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, RecordTime.class);
    return properties;
  }

  /** For the short look at the cluster before the start. */
  Map<String, Object> clientProperties() {
    return Cluster.sharedProperties(streams, servers);
  }
}
