package io.sluice.cli.judge;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.sluice.cli.check.JudgedSource;
import io.sluice.cli.terminal.Style;
import io.sluice.event.LogEvent;
import io.sluice.event.Verdicts;
import io.sluice.it.HostileLines;
import io.sluice.source.LogFileSource;
import io.sluice.validate.Verdict;
import io.sluice.validate.Verdict.Invalid;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import org.apache.flume.Channel;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Transaction;
import org.apache.flume.channel.ChannelProcessor;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.channel.ReplicatingChannelSelector;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The same file through Flume's own channel processor with our source and interceptor, and through
 * {@code judge}: the same lines at the same offsets with the same verdicts.
 */
final class JudgeParityTest {
  private static final int LINES = Integer.getInteger("sluice.parityLines", 10_000);

  /**
   * Always the same: the end of the file is waited for, and a rule may drop another one's last
   * line.
   */
  private static final long SEED = Long.getLong("sluice.seed", 1);

  private static final Map<String, String> RULES =
      Map.ofEntries(
          Map.entry("rules", "json key csv text whole"),
          Map.entry("rules.json.field", "json:/v"),
          Map.entry("rules.json.range", "(,9] [10,20]"),
          Map.entry("rules.json.onMissing", "valid"),
          Map.entry("rules.json.onUnparsable", "valid"),
          Map.entry("rules.key.field", "key:value"),
          Map.entry("rules.key.range", "[10,20] (25,)"),
          Map.entry("rules.key.onMissing", "valid"),
          Map.entry("rules.csv.field", "csv:2"),
          Map.entry("rules.csv.range", "[10,20]"),
          Map.entry("rules.csv.onMissing", "valid"),
          Map.entry("rules.csv.onNotANumber", "drop"),
          Map.entry("rules.text.field", "regex:t: ([-0-9.e]+)"),
          Map.entry("rules.text.range", "[12,20]"),
          Map.entry("rules.text.integerOnly", "true"),
          Map.entry("rules.text.onMissing", "valid"),
          Map.entry("rules.whole.field", "body"),
          Map.entry("rules.whole.range", "(,1e30]"),
          Map.entry("rules.whole.onNotANumber", "valid"));

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "charset=ISO-8859-1",
        "charset=UTF-16LE",
        "multiline.start=^[xv]",
        "multiline.start=^[xv] multiline.maxLines=3 charset=windows-1252",
        "maxLineBytes=64 longLines=invalid",
        "maxLineBytes=64 longLines=truncate",
        "maxLineBytes=64 longLines=split"
      })
  void judgeSaysWhatAnAgentSays(String settings) throws Exception {
    Map<String, String> lines = new HashMap<>();
    for (String setting : settings.isEmpty() ? new String[0] : settings.split(" ")) {
      lines.put(setting.split("=", 2)[0], setting.split("=", 2)[1]);
    }
    Path file = Files.write(folder.resolve("app.log"), bytes(LINES));
    List<String> agent = agent(file, lines);

    assertThat(agent).as("seed " + SEED).isNotEmpty();
    assertThat(judge(lines, List.of(file.toString()))).as("seed " + SEED).isEqualTo(agent);
    assertThat(judge(lines, List.of(gzip(file).toString()))).isEqualTo(agent);
    assertThat(judge(lines, List.of())).isEqualTo(agent);
  }

  private static byte[] bytes(int count) {
    var file = new ByteArrayOutputStream();
    for (byte[] line : HostileLines.create(count, SEED)) {
      file.writeBytes(line);
      file.write('\n');
    }
    file.writeBytes("value=15 without an end".getBytes(StandardCharsets.US_ASCII));
    return file.toByteArray();
  }

  private static Path gzip(Path file) throws Exception {
    Path zipped = file.resolveSibling(file.getFileName() + ".gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
      Files.copy(file, out);
    }
    return zipped;
  }

  private List<String> judge(Map<String, String> lines, List<String> files) throws Exception {
    Rulebook rulebook = Rulebook.of(JudgedSource.of(RULES, lines), false);
    var out = new StringWriter();
    var complaints = new ArrayList<String>();
    new JudgeRun(
            new JudgeRun.Request(
                rulebook, Optional.empty(), Optional.empty(), false, true, new Style(false, false)),
            new PrintWriter(out),
            complaints::add,
            Optional.empty())
        .judge(
            files,
            new ByteArrayInputStream(Files.readAllBytes(folder.resolve("app.log"))) {
              @Override
              public synchronized int read(byte[] buffer, int at, int length) {
                return super.read(buffer, at, Math.min(length, 1 + (int) (SEED & 0xFFF)));
              }
            });
    assertThat(complaints).isEmpty();
    var verdicts = new ArrayList<String>();
    for (String row : out.toString().split("\n")) {
      Map<String, String> fields = fields(row);
      if ("line".equals(fields.get("type")) && !"dropped".equals(fields.get("verdict"))) {
        verdicts.add(
            "%s %s %s %s %s %s %s"
                .formatted(
                    fields.get("offset"),
                    fields.get("verdict"),
                    fields.getOrDefault("rule", ""),
                    fields.getOrDefault("reason", ""),
                    fields.getOrDefault("value", ""),
                    fields.getOrDefault("range", ""),
                    fields.get("text")));
      }
    }
    return verdicts;
  }

  private static Map<String, String> fields(String row) throws Exception {
    Map<String, String> fields = new TreeMap<>();
    try (JsonParser json = new JsonFactory().createParser(row)) {
      json.nextToken();
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.getText();
        json.nextToken();
        fields.put(name, json.getText());
        json.skipChildren();
      }
    }
    return fields;
  }

  private List<String> agent(Path file, Map<String, String> lines) throws Exception {
    var channel = new MemoryChannel();
    channel.setName("c");
    channel.configure(
        new Context(
            Map.of(
                "capacity",
                String.valueOf(4 * LINES + 10_000),
                "transactionCapacity",
                "5000",
                "keep-alive",
                "0")));
    channel.start();
    var processor = new ChannelProcessor(new ReplicatingChannelSelector());
    processor.getSelector().setChannels(List.<Channel>of(channel));
    var interceptors = new HashMap<String, String>();
    interceptors.put("interceptors", "range");
    interceptors.put("interceptors.range.type", "io.sluice.interceptor.RangeInterceptor$Builder");
    RULES.forEach((key, value) -> interceptors.put("interceptors.range." + key, value));
    processor.configure(new Context(interceptors));
    processor.initialize();
    var given = new HashMap<>(lines);
    given.put("paths", file.toString());
    given.put("positionFile", folder.resolve("positions.json").toString());
    given.put("partialLineTimeoutMillis", "1");
    given.put("multiline.timeoutMillis", "1");
    var source = new LogFileSource();
    source.setName("tail");
    source.configure(new Context(given));
    source.setChannelProcessor(processor);
    source.start();
    var verdicts = new ArrayList<String>();
    try {
      long size = Files.size(file);
      long read = 0;
      while (read < size) {
        source.process();
        read = Math.max(read, drain(channel, verdicts));
      }
    } finally {
      source.stop();
      processor.close();
      channel.stop();
    }
    return verdicts;
  }

  /** The offset just past the last event taken; 0 if there was none. */
  private static long drain(Channel channel, List<String> verdicts) {
    long end = 0;
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    for (Event event = channel.take(); event != null; event = channel.take()) {
      var line = (LogEvent) event;
      Verdict verdict = Verdicts.of(line).orElseThrow();
      String text = new String(line.getBody(), StandardCharsets.UTF_8);
      verdicts.add(
          verdict instanceof Invalid no
              ? "%d invalid %s %s %s %s %s"
                  .formatted(line.start(), no.rule(), no.reason(), no.value(), no.range(), text)
              : "%d valid     %s".formatted(line.start(), text));
      end = line.end();
    }
    transaction.commit();
    transaction.close();
    return end;
  }
}
