package io.sluice.cli;

import io.sluice.cli.check.JudgedSource;
import io.sluice.cli.judge.JudgeRun;
import io.sluice.cli.judge.Outcome;
import io.sluice.cli.judge.Rulebook;
import io.sluice.cli.judge.Summary;
import io.sluice.cli.judge.TestRun;
import io.sluice.cli.terminal.Style;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "judge",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Runs rules on lines of files, or of standard input, and shows which are valid and why not:"
          + " the same verdicts as an agent's. Needs no Flume and no Kafka, and sends nothing.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:more lines are invalid than --fail-above allows; --test: a test failed",
      "2:the command line or the rules are wrong, or a file cannot be read"
    })
final class JudgeCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private LineOptions lines = new LineOptions();

  @Parameters(
      paramLabel = "FILE",
      arity = "0..*",
      description = "Files, plain or .gz; none, or -, for standard input.")
  private List<String> files = new ArrayList<>();

  @Option(
      names = "--only",
      paramLabel = "KIND",
      description = "Print lines of this kind only: ${COMPLETION-CANDIDATES}.")
  private @Nullable Outcome only;

  @Option(names = "--summary", description = "Print no lines, only the summary.")
  private boolean summary;

  @Option(names = "--json", description = "Print one JSON object a line.")
  private boolean json;

  @Option(
      names = "--shadow",
      paramLabel = "FILE",
      description = "A rules file to compare with: print the lines that it would send elsewhere.")
  private @Nullable Path shadow;

  @Option(
      names = "--fail-above",
      paramLabel = "PERCENT",
      description = "End with 1 if a greater share of the lines is invalid.")
  private @Nullable Double failAbove;

  @Option(names = "--test", description = "Only run the tests that the rules carry.")
  private boolean test;

  @Option(
      names = "--color",
      paramLabel = "WHEN",
      defaultValue = "auto",
      description = "${COMPLETION-CANDIDATES}; NO_COLOR in the environment is heeded.")
  private Style.Color color = Style.Color.auto;

  @Override
  public Integer call() throws IOException {
    if (failAbove != null && !(failAbove >= 0 && failAbove <= 100)) {
      throw new ParameterException(spec.commandLine(), "--fail-above is not from 0 to 100");
    }
    JudgedSource source = lines.judgedSource(spec.commandLine());
    Rulebook rulebook = Rulebook.of(source, test);
    boolean printsToTerminal = Boolean.getBoolean("sluice.printsToTerminal");
    Style style = Style.of(color, printsToTerminal, System.getenv());
    PrintWriter err = spec.commandLine().getErr();
    if (test) {
      return TestRun.run(rulebook, spec.commandLine().getOut(), style) ? ExitCode.OK : 1;
    }
    for (String name : source.notRun()) {
      err.println("judge: interceptor '%s' is not of Sluice and is not run.".formatted(name));
    }
    var request =
        new JudgeRun.Request(
            rulebook,
            Optional.ofNullable(shadow).map(Rulebook::trial),
            Optional.ofNullable(only),
            summary,
            json,
            style);
    var progress = new Progress(err);
    boolean quiet = !Boolean.getBoolean("sluice.terminal") || (printsToTerminal && !summary);
    var out = new PrintWriter(new BufferedWriter(spec.commandLine().getOut(), 1 << 16));
    Consumer<String> complaints =
        complaint -> {
          progress.end();
          err.println("judge: " + complaint);
        };
    var run =
        new JudgeRun(request, out, complaints, quiet ? Optional.empty() : Optional.of(progress));
    Summary result = run.judge(files, System.in);
    progress.end();
    if (run.isIncomplete()) {
      return ExitCode.USAGE;
    }
    return failAbove != null && result.invalidPercent() > failAbove ? 1 : ExitCode.OK;
  }
}
