package io.sluice.console;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Writes what there is to know as JSON, in ASCII: names of files and values of lines may hold
 * anything. Thread-safe.
 */
final class StatusJson {
  private final JsonFactory factory =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
  private final String host = hostName();

  private interface Content {
    void write(JsonGenerator json) throws IOException;
  }

  private static String hostName() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      return "unknown host";
    }
  }

  String of(Health health, boolean withReasons) {
    return write(
        json -> {
          json.writeBooleanField(health.question(), health.isGood());
          if (withReasons) {
            alarms(json, "reasons", health.reasons());
            alarms(json, "alarms", health.alarms());
          }
        });
  }

  /**
   * @param sinceMillis points of the past after this time are wanted
   */
  String of(AgentView view, History history, long sinceMillis) {
    Health ready = Health.ready(view, history);
    return write(
        json -> {
          json.writeNumberField("time", view.timeMillis());
          json.writeNumberField("intervalMillis", History.INTERVAL.toMillis());
          agent(json);
          json.writeBooleanField("ready", ready.isGood());
          alarms(json, "reasons", ready.reasons());
          alarms(json, "alarms", ready.alarms());
          past(json, history.since(sinceMillis));
          AttributeJson.components(json, "sources", view.sources());
          AttributeJson.components(json, "validators", view.validators());
          AttributeJson.components(json, "channels", view.channels());
          AttributeJson.components(json, "sinks", view.sinks());
        });
  }

  private String write(Content content) {
    var text = new StringWriter();
    try (JsonGenerator json = factory.createGenerator(text)) {
      json.writeStartObject();
      content.write(json);
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  private void agent(JsonGenerator json) throws IOException {
    var runtime = ManagementFactory.getRuntimeMXBean();
    var memory = Runtime.getRuntime();
    json.writeObjectFieldStart("agent");
    json.writeStringField("host", host);
    json.writeNumberField("pid", runtime.getPid());
    json.writeStringField("version", Versions.sluice());
    json.writeStringField("flume", Versions.flume());
    json.writeNumberField("startMillis", runtime.getStartTime());
    json.writeNumberField("uptimeMillis", runtime.getUptime());
    json.writeNumberField("heapBytes", memory.totalMemory() - memory.freeMemory());
    json.writeNumberField("heapMaxBytes", memory.maxMemory());
    json.writeEndObject();
  }

  private static void alarms(JsonGenerator json, String field, List<Alarm> alarms)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (Alarm alarm : alarms) {
      json.writeStartObject();
      json.writeStringField("id", alarm.id());
      json.writeStringField("component", alarm.component());
      json.writeStringField("text", alarm.text());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void past(JsonGenerator json, List<History.Point> points) throws IOException {
    json.writeObjectFieldStart("history");
    json.writeArrayFieldStart("time");
    for (History.Point point : points) {
      json.writeNumber(point.timeMillis());
    }
    json.writeEndArray();
    series(json, "lines", points, History.Point::lines);
    series(json, "bytes", points, History.Point::bytes);
    series(json, "valid", points, History.Point::valid);
    series(json, "invalid", points, History.Point::invalid);
    series(json, "delivered", points, History.Point::delivered);
    series(json, "delayMillis", points, History.Point::delayMillis);
    series(json, "channelPercent", points, History.Point::channelPercent);
    json.writeEndObject();
  }

  private static void series(
      JsonGenerator json,
      String field,
      List<History.Point> points,
      ToDoubleFunction<History.Point> value)
      throws IOException {
    json.writeArrayFieldStart(field);
    for (History.Point point : points) {
      json.writeNumber(Math.round(value.applyAsDouble(point) * 100) / 100.0);
    }
    json.writeEndArray();
  }
}
