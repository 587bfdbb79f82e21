package io.sluice.cli;

import io.sluice.cli.check.JudgedSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** Where rules come from, and how files are cut into lines. */
final class LineOptions {
  @Option(
      names = "--field",
      paramLabel = "FIELD",
      description = {
        "Where the number is: body, key:NAME, json:/POINTER, csv:COLUMN, regex:PATTERN,"
            + " header:NAME."
      })
  private @Nullable String field;

  @Option(
      names = "--range",
      paramLabel = "RANGE",
      description = "Valid numbers, such as [10,20] or '[0,100) (200,)'.")
  private @Nullable String range;

  @Option(names = "--min", paramLabel = "N", description = "Least valid number.")
  private @Nullable String min;

  @Option(names = "--max", paramLabel = "N", description = "Greatest valid number.")
  private @Nullable String max;

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "A rules file, as the setting rulesFile names it.")
  private @Nullable Path rules;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description =
          "An agent's configuration: its interceptors, and its source's settings of lines.")
  private @Nullable Path config;

  @Option(
      names = {"--name", "-n"},
      paramLabel = "AGENT",
      description = "Agent in --config.")
  private @Nullable String agent;

  @Option(names = "--source", paramLabel = "NAME", description = "Source in --config.")
  private @Nullable String source;

  @Option(names = "--interceptor", paramLabel = "NAME", description = "Interceptor in --config.")
  private @Nullable String interceptor;

  @Option(
      names = "--multiline-start",
      paramLabel = "PATTERN",
      description = "Lines up to the next one that matches make one event.")
  private @Nullable String multilineStart;

  @Option(
      names = "--charset",
      paramLabel = "NAME",
      description = "What the files are written in, if not ASCII or UTF-8.")
  private @Nullable String charset;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = {
        "Any other key of RangeInterceptor or LogFileSource, such as integerOnly=true,"
            + " onMissing=valid, csv.header=time,host,value or maxLineBytes=65536."
      })
  private Map<String, String> others = new HashMap<>();

  /** The rules that were asked for, and the source that they are part of. */
  JudgedSource judgedSource(CommandLine command) {
    Map<String, String> given = given();
    put(others, "multiline.start", multilineStart);
    put(others, "charset", charset);
    int ways = (given.isEmpty() ? 0 : 1) + (rules == null ? 0 : 1) + (config == null ? 0 : 1);
    if (ways != 1) {
      throw new ParameterException(
          command,
          "Give rules in one way: --field with --range (or --min, --max), or --rules, or --config");
    }
    if (config != null) {
      if (!others.isEmpty()) {
        throw new ParameterException(
            command,
            "--config says how files are read; --set and the like go with --field, --rules");
      }
      return JudgedSource.read(
          config,
          Optional.ofNullable(agent),
          Optional.ofNullable(source),
          Optional.ofNullable(interceptor));
    }
    if (agent != null || source != null || interceptor != null) {
      throw new ParameterException(command, "--name, --source and --interceptor go with --config");
    }
    if (rules != null) {
      given.put("rulesFile", rules.toString());
    }
    return JudgedSource.of(given, others);
  }

  private Map<String, String> given() {
    Map<String, String> given = new HashMap<>();
    put(given, "field", field);
    put(given, "range", range);
    put(given, "min", min);
    put(given, "max", max);
    return given;
  }

  private static void put(Map<String, String> given, String key, @Nullable String value) {
    if (value != null) {
      given.put(key, value);
    }
  }
}
