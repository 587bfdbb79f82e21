package io.sluice.streams;

import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.Topology;

/** Raw topic in, valid and invalid topic out; one step between them, no state, bytes throughout. */
final class ValidationTopology {
  static final String VALID = "valid";
  static final String INVALID = "invalid";

  private static final String RAW = "raw";
  private static final String JUDGE = "judge";

  private ValidationTopology() {}

  static Topology of(StreamsConfiguration config, OutputLimits limits) {
    var serializer = new ByteArraySerializer();
    var deserializer = new ByteArrayDeserializer();
    return new Topology()
        .addSource(RAW, deserializer, deserializer, config.raw())
        .addProcessor(JUDGE, () -> new Judge(config, limits), RAW)
        .addSink(VALID, config.valid(), serializer, serializer, JUDGE)
        .addSink(INVALID, config.invalid(), serializer, serializer, JUDGE);
  }
}
