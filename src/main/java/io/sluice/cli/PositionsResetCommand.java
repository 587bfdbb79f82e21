package io.sluice.cli;

import io.sluice.delivery.Position;
import io.sluice.sink.DeliveryException;
import io.sluice.sink.kafka.StoredPositionsTopic;
import io.sluice.sink.kafka.StoredPositionsTopic.Stored;
import io.sluice.source.positions.PositionReset;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
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
    name = "reset",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Sets positions, for an agent that is stopped: it continues from there at its next start. To an"
          + " earlier place, lines are delivered again; to a later one, lines are left out.",
      "",
      "Refused while the agent runs. A position file is locked by the source that writes it. In a"
          + " topic an agent is seen by its open transaction and by what it wrote within the last"
          + " minute; one that has had nothing to do for longer cannot be seen. Either way the new"
          + " positions are written under the agent's own fence: one that still runs delivers"
          + " nothing more, and stops with an error.",
      ""
    },
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed, nothing was changed",
      "2:the command line is wrong",
      "3:refused, because an agent runs"
    })
final class PositionsResetCommand implements Callable<Integer> {
  static final int REFUSED = 3;

  private static final Duration QUIET = Duration.ofMinutes(1);

  @Spec private CommandSpec spec = CommandSpec.create();
  @Mixin private PositionsOptions options = new PositionsOptions();

  @Option(
      names = "--to",
      required = true,
      paramLabel = "PLACE",
      description = "beginning, end, or the offset of the first byte of a line.")
  private String target = "";

  @Option(
      names = "--path",
      paramLabel = "PATH",
      description = "The file, as list prints it. May be given several times.")
  private List<String> paths = List.of();

  @Option(names = "--all", description = "All files, instead of --path.")
  private boolean all;

  @Option(names = "--source", paramLabel = "NAME", description = "Only positions of this source.")
  private @Nullable String source;

  @Option(names = "--force", description = "Also while an agent seems to run.")
  private boolean force;

  @Override
  public Integer call() throws CommandFailure {
    if (all != paths.isEmpty()) {
      throw new ParameterException(spec.commandLine(), "Give either --path or --all");
    }
    if (!target.matches("beginning|end|\\d{1,18}")) {
      throw new ParameterException(
          spec.commandLine(), "--to: '%s' is not beginning, end or an offset".formatted(target));
    }
    try {
      if (options.isFile()) {
        resetFile();
      } else {
        resetTopic(options.deliveryId(), options.topic());
      }
    } catch (IOException | DeliveryException e) {
      throw new CommandFailure(ExitCode.SOFTWARE, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.SOFTWARE, "interrupted");
    }
    return ExitCode.OK;
  }

  private void resetFile() throws IOException, CommandFailure {
    var changes = new ArrayList<String>();
    boolean changed =
        options
            .file()
            .change(
                positions -> {
                  var result = new ArrayList<Position>();
                  for (Position position : positions) {
                    result.add(isChosen(position) ? moved(position, changes) : position);
                  }
                  requireAny(changes);
                  return result;
                },
                force);
    if (!changed) {
      throw refused("a running source has locked " + options.place());
    }
    print(changes);
  }

  private void resetTopic(String id, StoredPositionsTopic topic)
      throws IOException, CommandFailure, DeliveryException, InterruptedException {
    Stored stored =
        options.stored().stream()
            .filter(each -> each.deliveryId().equals(id))
            .findFirst()
            .orElseThrow(
                () ->
                    new CommandFailure(
                        ExitCode.SOFTWARE,
                        "%s holds nothing of delivery id %s.".formatted(options.place(), id)));
    if (!force) {
      refuseIfAlive(stored, topic);
    }
    var changes = new ArrayList<String>();
    var moved = new ArrayList<Position>();
    for (Position position : stored.positions()) {
      if (isChosen(position)) {
        moved.add(moved(position, changes));
      }
    }
    requireAny(changes);
    topic.write(moved, "reset at " + Instant.now());
    print(changes);
  }

  private static void refuseIfAlive(Stored stored, StoredPositionsTopic topic)
      throws CommandFailure, DeliveryException, InterruptedException {
    OptionalLong open = topic.openTransaction();
    if (open.isPresent()) {
      throw refused(
          "delivery id %s has a transaction open since %s"
              .formatted(stored.deliveryId(), Instant.ofEpochMilli(open.getAsLong())));
    }
    long quietSeconds = (System.currentTimeMillis() - stored.lastMillis()) / 1000;
    boolean reset = stored.owner() != null && stored.owner().startsWith("reset at ");
    if (quietSeconds < QUIET.toSeconds() && !reset) {
      throw refused(
          "delivery id %s wrote %d s ago, and less than %d s is too little to tell that its agent is stopped"
              .formatted(stored.deliveryId(), quietSeconds, QUIET.toSeconds()));
    }
  }

  private static CommandFailure refused(String why) {
    return new CommandFailure(
        REFUSED, "refused, nothing was changed: " + why + ". Stop the agent, or give --force.");
  }

  private boolean isChosen(Position position) {
    return (all || paths.contains(position.file().path()))
        && (source == null || source.equals(position.source()));
  }

  private Position moved(Position position, List<String> changes) throws IOException {
    Position moved =
        switch (target) {
          case "beginning" -> PositionReset.toBeginning(position);
          case "end" -> PositionReset.toEnd(position);
          default -> PositionReset.toOffset(position, Long.parseLong(target));
        };
    changes.add(
        "%s: %d -> %d".formatted(position.file().path(), position.offset(), moved.offset()));
    return moved;
  }

  private void requireAny(List<String> changes) throws IOException {
    if (changes.isEmpty()) {
      throw new IOException(
          "%s has no position of %s.".formatted(options.place(), all ? "any file" : paths));
    }
  }

  private void print(List<String> changes) {
    PrintWriter out = spec.commandLine().getOut();
    changes.forEach(out::println);
  }
}
