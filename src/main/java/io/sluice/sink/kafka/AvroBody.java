package io.sluice.sink.kafka;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.apache.avro.io.BinaryEncoder;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.flume.Event;
import org.apache.flume.source.avro.AvroFlumeEvent;

/** An event, headers included, in the Avro form that Flume's KafkaSource reads. */
final class AvroBody {
  private final SpecificDatumWriter<AvroFlumeEvent> writer =
      new SpecificDatumWriter<>(AvroFlumeEvent.class);
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  byte[] of(Event event) {
    Map<CharSequence, CharSequence> headers = new HashMap<>(event.getHeaders());
    bytes.reset();
    BinaryEncoder encoder = EncoderFactory.get().directBinaryEncoder(bytes, null);
    try {
      writer.write(new AvroFlumeEvent(headers, ByteBuffer.wrap(event.getBody())), encoder);
      encoder.flush();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return bytes.toByteArray();
  }
}
