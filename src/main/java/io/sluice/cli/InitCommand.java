package io.sluice.cli;

import io.sluice.cli.check.AgentCheck;
import io.sluice.cli.check.Report;
import io.sluice.cli.check.Request;
import io.sluice.cli.init.AgentText;
import io.sluice.cli.init.LogSample;
import io.sluice.cli.init.Plan;
import io.sluice.cli.init.Proposal;
import io.sluice.cli.survey.Candidate;
import io.sluice.kafkaclient.cluster.Cluster;
import io.sluice.kafkaclient.cluster.ClusterException;
import io.sluice.logging.Shown;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "init",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Looks at log files, says what they hold, proposes which number to check and which values are"
          + " valid, and writes a commented agent configuration. Asks on a terminal; takes the"
          + " options, or its best guess, elsewhere.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:written, and check finds no mistake in it",
      "1:the brokers do not answer (--connect), or check finds a mistake",
      "2:the command line is wrong, nothing can be read, or the file exists already"
    })
final class InitCommand implements Callable<Integer> {
  private static final int MOST_SHOWN = 12;
  private static final String EXACTLY_ONCE = "exactly-once";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "FILE",
      arity = "1..*",
      description = "Log files, plain or .gz, or quoted globs.")
  private List<String> files = new ArrayList<>();

  @Option(names = "--out", paramLabel = "FILE", description = "What to write (agent.conf).")
  private Path out = Path.of("agent.conf");

  @Option(names = "--force", description = "Replace that file if it exists.")
  private boolean force;

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "Kafka's brokers, separated by commas (localhost:9092).")
  private @Nullable String servers;

  @Option(names = "--field", paramLabel = "FIELD", description = "Where the number is.")
  private @Nullable String field;

  @Option(names = "--range", paramLabel = "RANGE", description = "Which numbers are valid.")
  private @Nullable String range;

  @Option(
      names = "--guarantee",
      paramLabel = "WHAT",
      defaultValue = EXACTLY_ONCE,
      description = "exactly-once or at-least-once (${DEFAULT-VALUE}).")
  private String guarantee = "";

  @Option(
      names = "--delivery-id",
      paramLabel = "ID",
      description = "Name of the sink for exactly-once (made from host and folder).")
  private @Nullable String deliveryId;

  @Option(
      names = "--topic-prefix",
      paramLabel = "TEXT",
      defaultValue = "",
      description = "What the names of the three topics begin with.")
  private String topicPrefix = "";

  @Option(
      names = {"--name", "-n"},
      paramLabel = "AGENT",
      defaultValue = "a1",
      description = "Name of the agent (${DEFAULT-VALUE}).")
  private String agent = "";

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      converter = SizeOption.class,
      defaultValue = "256m",
      description = "The agent's -Xmx, for the size of the channel (${DEFAULT-VALUE}).")
  private long heap;

  @Option(names = "--connect", description = "Ask the brokers which topics are missing.")
  private boolean connect;

  @Option(names = "--yes", description = "Ask nothing, on a terminal either.")
  private boolean yes;

  @Override
  public Integer call() throws IOException, CommandFailure, ClusterException {
    refuse();
    LogSample sample = LogSample.of(files);
    PrintWriter terminal = spec.commandLine().getOut();
    terminal.println(AgentText.format(sample));
    List<Candidate> candidates = Proposal.candidates(sample.survey());
    int number = 1;
    for (Candidate candidate : candidates.subList(0, Math.min(MOST_SHOWN, candidates.size()))) {
      terminal.println(Shown.of(AgentText.row(number++, candidate, sample.survey().lines())));
    }
    boolean asks = !yes && Boolean.getBoolean("sluice.readsFromTerminal");
    var questions = new Questions(asks, terminal);
    Plan plan = plan(sample, candidates, questions);
    write(AgentText.of(plan));
    tell(plan, terminal);
    if (connect) {
      tellTopics(plan, terminal);
    }
    Report report =
        AgentCheck.run(new Request(out, Optional.empty(), Optional.of(heap), 500, false));
    report.lines().forEach(terminal::println);
    return report.errors() == 0 ? ExitCode.OK : ExitCode.SOFTWARE;
  }

  private void refuse() throws CommandFailure {
    if (!force && Files.exists(out)) {
      throw new CommandFailure(
          ExitCode.USAGE, out + " exists already; use --force to replace it, or another --out.");
    }
    if (!guarantee.equals(EXACTLY_ONCE) && !guarantee.equals("at-least-once")) {
      throw new ParameterException(
          spec.commandLine(), "--guarantee is exactly-once or at-least-once");
    }
    if (range != null && field == null) {
      throw new ParameterException(spec.commandLine(), "--range needs --field");
    }
  }

  private Plan plan(LogSample sample, List<Candidate> candidates, Questions questions)
      throws IOException {
    Optional<Proposal> proposal = proposal(sample, candidates, questions);
    String brokers = servers != null ? servers : questions.ask("Kafka's brokers", "localhost:9092");
    List<String> paths = sample.globs();
    String id = deliveryId != null ? deliveryId : Plan.deliveryId(paths.get(0));
    return new Plan(
        agent,
        paths,
        proposal,
        proposal.isPresent() && range == null && !questions.isAsking(),
        sample,
        brokers,
        guarantee.equals(EXACTLY_ONCE),
        id,
        topicPrefix,
        heap);
  }

  private Optional<Proposal> proposal(
      LogSample sample, List<Candidate> candidates, Questions questions) throws IOException {
    String chosen = field;
    if (chosen == null) {
      if (candidates.isEmpty()) {
        return Optional.empty();
      }
      String answer = questions.ask("Number to check, as a row or as a field", "1");
      boolean isRow = answer.matches("[0-9]{1,3}");
      int row = isRow ? Integer.parseInt(answer) : 0;
      chosen =
          isRow && row >= 1 && row <= candidates.size()
              ? candidates.get(row - 1).selector()
              : answer;
    }
    String selector = chosen;
    String proposed =
        sample.survey().numeric().stream()
            .filter(candidate -> candidate.selector().equals(selector))
            .findFirst()
            .map(candidate -> Proposal.range(candidate.numbers()))
            .orElse("(,)");
    String valid = range != null ? range : questions.ask("Valid numbers", proposed);
    return Optional.of(new Proposal(selector, valid));
  }

  private void write(String text) throws IOException, CommandFailure {
    Set<OpenOption> how =
        force
            ? Set.of(StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)
            : Set.of(StandardOpenOption.CREATE_NEW);
    var options = new ArrayList<>(how);
    options.add(StandardOpenOption.WRITE);
    try {
      Files.writeString(out, text, StandardCharsets.US_ASCII, options.toArray(OpenOption[]::new));
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(ExitCode.USAGE, out + " exists already; use --force to replace it.");
    } catch (IOException e) {
      throw new CommandFailure(ExitCode.USAGE, out + " cannot be written: " + e);
    }
  }

  private void tell(Plan plan, PrintWriter terminal) {
    terminal.println();
    terminal.println(
        "Wrote %s: %s to %s, %s."
            .formatted(out, String.join(" ", plan.paths()), plan.servers(), guarantee));
    plan.proposal()
        .ifPresentOrElse(
            proposal ->
                terminal.println(
                    "Valid: %s in %s%s"
                        .formatted(
                            proposal.field(),
                            proposal.range(),
                            plan.proposed() ? ", which is a proposal." : ".")),
            () -> terminal.println("No field with numbers was found; lines are not checked."));
    terminal.println("Next:");
    if (plan.proposal().isPresent()) {
      terminal.println("  sluice judge --config %s --summary %s".formatted(out, files.get(0)));
    }
    terminal.println(create(plan, plan.topics()));
    terminal.println("  sluice check %s --connect".formatted(out));
  }

  private static String create(Plan plan, List<String> topics) {
    return "  sluice topics --bootstrap-server %s --create %s"
        .formatted(plan.servers(), String.join(" ", topics));
  }

  private static void tellTopics(Plan plan, PrintWriter terminal) throws ClusterException {
    try (var cluster = new Cluster(Map.of("bootstrap.servers", plan.servers()))) {
      Set<String> existing = cluster.admin().listTopics().names().get();
      List<String> missing =
          plan.topics().stream().filter(topic -> !existing.contains(topic)).toList();
      terminal.println(
          missing.isEmpty()
              ? "All topics exist."
              : "Missing topics: %s. Create them with:%n%s"
                  .formatted(String.join(", ", missing), create(plan, missing)));
    } catch (ExecutionException e) {
      throw new ClusterException(String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      throw Cluster.interrupted(e);
    }
  }
}
