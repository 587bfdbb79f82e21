package io.sluice.cli.check;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.sluice.cli.check.Finding.Severity;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What was found. Immutable.
 *
 * @param findings in the order of the file
 * @param unchecked what could not be looked at
 */
public record Report(Path file, List<Finding> findings, List<String> unchecked) {
  /** The same with every warning as an error. */
  public Report strict() {
    return new Report(
        file,
        findings.stream()
            .map(each -> new Finding(each.line(), Severity.ERROR, each.component(), each.message()))
            .toList(),
        unchecked);
  }

  public long errors() {
    return count(Severity.ERROR);
  }

  public long warnings() {
    return count(Severity.WARNING);
  }

  private long count(Severity severity) {
    return findings.stream().filter(finding -> finding.severity() == severity).count();
  }

  /** A line for each finding, then what was not checked, then the sum. */
  public List<String> lines() {
    var lines = new ArrayList<String>();
    for (Finding finding : findings) {
      lines.add(
          "%s:%s %s: %s: %s"
              .formatted(
                  file,
                  finding.line() == 0 ? "" : finding.line() + ":",
                  spelled(finding.severity()),
                  finding.component(),
                  finding.message()));
    }
    unchecked.forEach(note -> lines.add("%s: not checked: %s".formatted(file, note)));
    lines.add(
        "%s: %s, %s".formatted(file, counted(errors(), "error"), counted(warnings(), "warning")));
    return lines;
  }

  /** The same for machines: one object. */
  public String json() {
    var text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text).useDefaultPrettyPrinter()) {
      json.writeStartObject();
      json.writeStringField("file", file.toString());
      json.writeNumberField("errors", errors());
      json.writeNumberField("warnings", warnings());
      json.writeArrayFieldStart("findings");
      for (Finding finding : findings) {
        json.writeStartObject();
        json.writeNumberField("line", finding.line());
        json.writeStringField("severity", spelled(finding.severity()));
        json.writeStringField("component", finding.component());
        json.writeStringField("message", finding.message());
        json.writeEndObject();
      }
      json.writeEndArray();
      json.writeArrayFieldStart("unchecked");
      for (String note : unchecked) {
        json.writeString(note);
      }
      json.writeEndArray();
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory failed", e);
    }
    return text.toString();
  }

  private static String spelled(Severity severity) {
    return severity.name().toLowerCase(Locale.ROOT);
  }

  private static String counted(long count, String noun) {
    return count == 0 ? "no " + noun + "s" : count + " " + noun + (count == 1 ? "" : "s");
  }
}
