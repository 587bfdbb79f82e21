package io.sluice.cli.init;

import io.sluice.cli.survey.Candidate;
import io.sluice.cli.survey.Decimals;
import io.sluice.cli.survey.LineFormat;
import io.sluice.cli.survey.Survey;
import java.util.List;
import java.util.Locale;

/** The text of an agent's configuration, with comments. */
public final class AgentText {
  private final Plan plan;
  private final StringBuilder text = new StringBuilder();

  private AgentText(Plan plan) {
    this.plan = plan;
  }

  /** The whole file. */
  public static String of(Plan plan) {
    var text = new AgentText(plan);
    text.head();
    text.source();
    plan.proposal().ifPresentOrElse(text::interceptor, text::noInterceptor);
    text.channel();
    text.sink();
    return text.text.toString();
  }

  private void comment(String... lines) {
    for (String line : lines) {
      text.append("# ").append(ascii(line)).append('\n');
    }
  }

  private void set(String key, Object value) {
    text.append(plan.agent()).append('.').append(key).append(" = ");
    text.append(ascii(value.toString().replace("\\", "\\\\"))).append('\n');
  }

  /** Flume reads the file as ISO-8859-1, so what is beyond ASCII is spelled by its number. */
  private static String ascii(String value) {
    var ascii = new StringBuilder();
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      ascii.append(c < 0x7F ? String.valueOf(c) : String.format("\\u%04X", (int) c));
    }
    return ascii.toString();
  }

  private void head() {
    Survey survey = plan.sample().survey();
    comment(
        "Written by sluice init after a look at %,d lines of %d file%s: %s."
            .formatted(
                survey.lines(),
                plan.sample().files().size(),
                plan.sample().files().size() == 1 ? "" : "s",
                survey.format()),
        "Every key, with its default and limits: docs/reference.md.");
    text.append('\n');
    set("sources", "tail");
    set("channels", "memory");
    set("sinks", "kafka");
  }

  private void source() {
    text.append('\n');
    comment("Log files, with the names that rotation gives them: without those, what was written");
    comment("before a rotation during a stop of the agent would not be found.");
    set("sources.tail.type", "io.sluice.source.LogFileSource");
    set("sources.tail.channels", "memory");
    set("sources.tail.paths", String.join(" ", plan.paths()));
    comment("Files found for the first time are read from the beginning; end skips what is there.");
    set("sources.tail.startAt", "beginning");
    set("sources.tail.batchSize", plan.batchSize());
    plan.sample()
        .multilineStart()
        .ifPresent(
            start -> {
              comment("Some lines continue the one before, as stack traces do: an event begins");
              comment("with a line that matches this. Remove it to have each line by itself.");
              set("sources.tail.multiline.start", start);
            });
  }

  private void interceptor(Proposal proposal) {
    String key = "sources.tail.interceptors";
    Survey survey = plan.sample().survey();
    text.append('\n');
    comment("Which number in a line is checked, and which values are valid.");
    if (plan.proposed()) {
      comment(
          "A PROPOSAL: the range goes from the 1st to the 99th percentile of the sample. Look at");
      comment("it with sluice judge --config, and write what is right for you.");
    }
    set(key, "range");
    set(key + ".range.type", "io.sluice.interceptor.RangeInterceptor$Builder");
    set(key + ".range.field", proposal.field());
    set(key + ".range.range", proposal.range());
    if (proposal.field().startsWith("csv:")) {
      List<String> header = survey.header();
      if (!header.isEmpty()) {
        set(key + ".range.csv.header", String.join(",", header));
      }
      if (survey.delimiter() != ',') {
        set(
            key + ".range.csv.delimiter",
            survey.delimiter() == '\t' ? "tab" : String.valueOf(survey.delimiter()));
      }
    }
    comment("Lines without the number are invalid; valid lets them pass, drop leaves them out.");
    set(key + ".range.onMissing", "invalid");
  }

  private void noInterceptor() {
    text.append('\n');
    comment("No field with numbers was found, so lines are shipped unchecked. A rule would be:");
    comment(
        plan.agent() + ".sources.tail.interceptors = range",
        plan.agent()
            + ".sources.tail.interceptors.range.type ="
            + " io.sluice.interceptor.RangeInterceptor$Builder",
        plan.agent() + ".sources.tail.interceptors.range.field = key:value",
        plan.agent() + ".sources.tail.interceptors.range.range = [10,20]");
  }

  private void channel() {
    text.append('\n');
    comment(
        "In memory, yet safe: whatever a crash destroys is read again. With lines of %d bytes this"
            .formatted(plan.sample().lineBytes()),
        "is a quarter of a heap of %d MB at most; start the agent with -Xmx%dm or more."
            .formatted(plan.heapBytes() >> 20, plan.heapBytes() >> 20));
    set("channels.memory.type", "memory");
    set("channels.memory.capacity", plan.capacity());
    set("channels.memory.transactionCapacity", plan.batchSize());
  }

  private void sink() {
    text.append('\n');
    comment("Every line to the raw topic, and to one of the other two.");
    set("sinks.kafka.type", "io.sluice.sink.RoutingKafkaSink");
    set("sinks.kafka.channel", "memory");
    set("sinks.kafka.kafka.bootstrap.servers", plan.servers());
    for (String topic : plan.topics()) {
      String[] words = topic.substring(plan.topicPrefix().length()).split("-", 2);
      set("sinks.kafka.topics." + words[0], topic);
    }
    if (plan.exactlyOnce()) {
      comment("Records and positions in one transaction: nothing is lost and nothing repeated.");
      comment("Consumers must read with isolation.level=read_committed.");
      set("sinks.kafka.guarantee", "exactly-once");
      comment("A name that no other sink on this Kafka cluster has, and that never changes.");
      set("sinks.kafka.deliveryId", plan.deliveryId());
    } else {
      comment(
          "A crash may repeat the last moment's lines. Positions are in a file that must survive");
      comment(
          "a restart, ~/.flume/sluice/tail.positions.json unless the source's positionFile says.");
      set("sinks.kafka.guarantee", "at-least-once");
    }
  }

  /** One row for each field that may be meant. */
  public static String row(int number, Candidate candidate, long lines) {
    var numbers = candidate.numbers();
    return String.format(
        Locale.ROOT,
        "%3d  %-32s %3.0f%% of the lines, %s to %s, p50 %s, p99 %s",
        number,
        candidate.selector(),
        100.0 * numbers.count() / lines,
        Decimals.text(numbers.min()),
        Decimals.text(numbers.max()),
        Decimals.text(numbers.quantile(0.5)),
        Decimals.text(numbers.quantile(0.99)));
  }

  /** What the survey says of the lines, in a sentence. */
  public static String format(LogSample sample) {
    Survey survey = sample.survey();
    LineFormat format = survey.format();
    String several =
        sample
            .multilineStart()
            .map(start -> "; events of several lines that begin with " + start)
            .orElse("");
    return "%,d %s of %d bytes on average: %s%s"
        .formatted(
            survey.lines(),
            sample.multilineStart().isPresent() ? "events" : "lines",
            sample.lineBytes(),
            format,
            several);
  }
}
