package io.sluice.cli.judge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.io.SerializedString;
import io.sluice.cli.survey.Distribution;
import io.sluice.validate.Verdict;
import io.sluice.validate.Verdict.Dropped;
import io.sluice.validate.Verdict.Invalid;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** For programs: one object a line. The names are public and stay. */
final class JsonPrinter implements Printer {
  private static final int[] PERCENTILES = {1, 5, 25, 50, 75, 95, 99};

  private final JsonGenerator json;

  JsonPrinter(Writer out) throws IOException {
    json =
        new JsonFactory()
            .createGenerator(out)
            .configure(JsonGenerator.Feature.FLUSH_PASSED_TO_STREAM, false)
            .setRootValueSeparator(new SerializedString(""));
  }

  @Override
  public void line(String file, long number, long offset, byte[] line, Verdict verdict, Marks marks)
      throws IOException {
    start("line", file, number, offset);
    verdict(verdict);
    end(line);
  }

  @Override
  public void flip(
      String file, long number, long offset, byte[] line, Verdict verdict, Verdict trial)
      throws IOException {
    start("flip", file, number, offset);
    verdict(verdict);
    json.writeObjectFieldStart("trial");
    verdict(trial);
    json.writeEndObject();
    end(line);
  }

  private void start(String type, String file, long number, long offset) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", type);
    json.writeStringField("file", file);
    json.writeNumberField("number", number);
    json.writeNumberField("offset", offset);
  }

  private void verdict(Verdict verdict) throws IOException {
    json.writeStringField("verdict", Outcome.of(verdict).name());
    if (verdict instanceof Invalid no) {
      json.writeStringField("rule", no.rule());
      json.writeStringField("reason", no.reason().name());
      json.writeStringField("value", no.value());
      json.writeStringField("range", no.range());
    } else if (verdict instanceof Dropped drop) {
      json.writeStringField("rule", drop.rule());
      json.writeStringField("reason", drop.reason().name());
    }
  }

  private void end(byte[] line) throws IOException {
    json.writeStringField("text", new String(line, StandardCharsets.UTF_8));
    end();
  }

  private void end() throws IOException {
    json.writeEndObject();
    json.writeRaw('\n');
    json.flush();
  }

  @Override
  public void summary(Summary summary) throws IOException {
    json.writeStartObject();
    json.writeStringField("type", "summary");
    json.writeNumberField("files", summary.files());
    json.writeNumberField("lines", summary.lines());
    for (Outcome outcome : Outcome.values()) {
      json.writeNumberField(outcome.name(), summary.of(outcome));
    }
    entries("reasons", summary.reasons());
    if (summary.isOnTrial()) {
      entries("flips", summary.flips());
    }
    json.writeArrayFieldStart("rules");
    for (RuleNumbers numbers : summary.numbers()) {
      rule(numbers);
    }
    json.writeEndArray();
    json.writeArrayFieldStart("notes");
    for (String hint : summary.hints()) {
      json.writeString(hint);
    }
    json.writeEndArray();
    end();
  }

  private void entries(String field, List<Reasons.Entry> entries) throws IOException {
    json.writeArrayFieldStart(field);
    for (Reasons.Entry entry : entries) {
      json.writeStartObject();
      json.writeStringField("name", entry.name());
      json.writeNumberField("lines", entry.count());
      json.writeStringField("file", entry.sample().file());
      json.writeNumberField("number", entry.sample().number());
      json.writeStringField("value", entry.sample().value());
      json.writeStringField("text", new String(entry.sample().line(), StandardCharsets.UTF_8));
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private void rule(RuleNumbers numbers) throws IOException {
    Distribution all = numbers.all();
    json.writeStartObject();
    json.writeStringField("rule", numbers.rule().name());
    json.writeStringField("field", numbers.rule().field());
    json.writeStringField("range", numbers.range().text());
    json.writeNumberField("found", numbers.found());
    json.writeNumberField("numbers", all.count());
    if (all.count() > 0) {
      number("min", all.min());
      for (int percent : PERCENTILES) {
        number("p" + percent, all.quantile(percent / 100.0));
      }
      number("max", all.max());
    }
    json.writeArrayFieldStart("histogram");
    for (Histogram.Row row : Histogram.of(numbers)) {
      json.writeStartObject();
      number("from", row.from());
      number("to", row.to());
      json.writeNumberField("numbers", row.numbers());
      json.writeNumberField("outside", row.outside());
      json.writeEndObject();
    }
    json.writeEndArray();
    json.writeEndObject();
  }

  /** Null for what is beyond a double. */
  private void number(String field, double number) throws IOException {
    if (Double.isFinite(number)) {
      json.writeNumberField(field, number);
    } else {
      json.writeNullField(field);
    }
  }
}
