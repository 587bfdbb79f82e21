package io.sluice.cli;

import io.sluice.config.Problems;
import io.sluice.kafkaclient.cluster.ClusterException;
import io.sluice.replay.Replay;
import io.sluice.replay.ReplayRequest;
import io.sluice.replay.Selection;
import io.sluice.validate.Rules;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

@Command(
    name = "replay",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Writes invalid records to the raw topic again, after the rules were corrected: without their"
          + " verdict, with a count of attempts in the header sluice.replay.attempts, exactly"
          + " once.",
      "",
      "Ends at the end that the topic has at the start. Interrupted and started again with the same"
          + " delivery id, it continues where it stopped; finished and started again, it takes what has"
          + " come since. Records that are no lines (UNDELIVERABLE and the like) are left out and"
          + " counted. Consumers must read with isolation.level=read_committed.",
      ""
    })
final class ReplayCommand implements Callable<Integer> {
  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private ClientOptions client = new ClientOptions();

  @Option(
      names = "--from",
      paramLabel = "TOPIC",
      defaultValue = "invalid-messages",
      description = "Topic to read (${DEFAULT-VALUE}).")
  private String from = "";

  @Option(
      names = "--to",
      paramLabel = "TOPIC",
      defaultValue = "raw-messages",
      description = "Topic to write (${DEFAULT-VALUE}).")
  private String to = "";

  @Option(
      names = "--rule",
      paramLabel = "NAME",
      description = "Only what this rule found invalid. May be given several times.")
  private List<String> rules = List.of();

  @Option(
      names = "--reason",
      paramLabel = "REASON",
      description = "Only what is invalid for this reason, such as BELOW. Several times too.")
  private List<String> reasons = List.of();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "Only records of this time or later: 2026-11-01, or 2026-11-01T12:00:00Z.")
  private Instant since = Instant.EPOCH;

  @Option(
      names = "--until",
      paramLabel = "TIME",
      converter = TimeOption.class,
      description = "Only records before this time.")
  private Instant until = Instant.ofEpochMilli(Long.MAX_VALUE);

  @Option(
      names = "--rules",
      paramLabel = "FILE",
      description = "A rules file: count what the selected records would be by it.")
  private @Nullable Path rulesFile;

  @Option(names = "--dry-run", description = "Only count; write nothing and remember nothing.")
  private boolean dryRun;

  @Option(
      names = "--delivery-id",
      paramLabel = "ID",
      description =
          "Names this replay over its starts. Without it, made of the topics and the selection.")
  private @Nullable String deliveryId;

  @Option(
      names = "--progress-topic",
      paramLabel = "TOPIC",
      defaultValue = "sluice-replays",
      description =
          "Compacted topic that holds how far each replay has come (${DEFAULT-VALUE}). Created if"
              + " it is missing.")
  private String progressTopic = "";

  @Override
  public Integer call() throws ClusterException {
    if (from.equals(to)) {
      throw new ParameterException(spec.commandLine(), "--from and --to are the same topic");
    }
    var selection = new Selection(rules, reasons, since, until);
    String id = deliveryId == null ? ReplayRequest.deliveryIdOf(from, to, selection) : deliveryId;
    var request =
        new ReplayRequest(
            client.properties(), from, to, selection, id, progressTopic, readRules(), dryRun);
    spec.commandLine().getErr().printf("replay of %s to %s, delivery id %s%n", from, to, id);
    var progress = new Progress(spec.commandLine().getErr());
    String summary = new Replay(request, progress).run();
    progress.end();
    spec.commandLine().getOut().println(summary);
    return ExitCode.OK;
  }

  private Optional<Rules> readRules() {
    if (rulesFile == null) {
      return Optional.empty();
    }
    var problems = new Problems("rules file " + rulesFile);
    Optional<Rules> read = Rules.read(rulesFile, problems);
    problems.throwIfAny();
    return read;
  }
}
