package io.sluice.cli;

import io.sluice.config.Problems;
import io.sluice.sink.DeliveryException;
import io.sluice.sink.SinkCheck;
import io.sluice.sink.SinkConfig;
import io.sluice.sink.kafka.StoredPositionsTopic;
import io.sluice.sink.kafka.StoredPositionsTopic.Stored;
import io.sluice.source.positions.StoredPositions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where positions are kept: in a file (at least once), or in a topic (exactly once). */
final class PositionsOptions {
  /** Stands for the delivery id where one is needed only for form's sake. */
  private static final String ANY = "any";

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description = "The position file of a source: its positionFile.")
  private @Nullable Path file;

  @Option(
      names = "--bootstrap-server",
      paramLabel = "HOST:PORT",
      description = "Instead of a file: the brokers with the positions topic.")
  private @Nullable String servers;

  @Option(
      names = "--client-config",
      paramLabel = "FILE",
      description = "Properties file for the Kafka clients, such as security.protocol.")
  private @Nullable Path clientConfig;

  @Option(
      names = "--topic",
      paramLabel = "TOPIC",
      defaultValue = "sluice-positions",
      description = "The positions topic (${DEFAULT-VALUE}).")
  private String topic = "";

  @Option(
      names = "--delivery-id",
      paramLabel = "ID",
      description = "In a topic: only this sink's positions.")
  private @Nullable String deliveryId;

  boolean isFile() {
    if ((file == null) == (servers == null)) {
      throw new ParameterException(
          spec.commandLine(), "Give either --file or --bootstrap-server, for the positions' place");
    }
    return file != null;
  }

  StoredPositions file() {
    return new StoredPositions(file == null ? Path.of("") : file);
  }

  String place() {
    return isFile() ? String.valueOf(file) : "topic " + topic;
  }

  String deliveryId() {
    if (deliveryId == null) {
      throw new ParameterException(spec.commandLine(), "Missing --delivery-id: whose positions?");
    }
    return deliveryId;
  }

  StoredPositionsTopic topic() {
    Map<String, String> given = new TreeMap<>();
    if (clientConfig != null) {
      PropertiesFile.read(clientConfig)
          .forEach((key, value) -> given.put("kafka.producer." + key, value));
    }
    given.put("kafka.bootstrap.servers", servers == null ? "" : servers);
    given.put("topics.raw", ANY);
    given.put("guarantee", "exactly-once");
    given.put("deliveryId", deliveryId == null ? ANY : deliveryId);
    given.put("positionsTopic", topic);
    var problems = new Problems("positions");
    SinkConfig config = SinkCheck.read("positions", given, problems);
    problems.throwIfAny();
    return new StoredPositionsTopic(config);
  }

  /**
   * All positions of the place, of one delivery id if that is given.
   *
   * @throws CommandFailure if they cannot be read
   */
  List<PositionRow> rows() throws CommandFailure {
    var rows = new ArrayList<PositionRow>();
    if (isFile()) {
      try {
        file().read().forEach(position -> rows.add(PositionRow.of(null, null, position)));
      } catch (IOException e) {
        throw new CommandFailure(ExitCode.SOFTWARE, String.valueOf(e.getMessage()));
      }
      return rows;
    }
    for (Stored stored : stored()) {
      if (deliveryId == null || deliveryId.equals(stored.deliveryId())) {
        String owner = String.valueOf(stored.owner());
        stored
            .positions()
            .forEach(position -> rows.add(PositionRow.of(stored.deliveryId(), owner, position)));
      }
    }
    return rows;
  }

  /** What the topic holds, of all delivery ids. */
  List<Stored> stored() throws CommandFailure {
    try {
      return topic().readAll();
    } catch (DeliveryException e) {
      throw new CommandFailure(ExitCode.SOFTWARE, String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandFailure(ExitCode.SOFTWARE, "interrupted");
    }
  }
}
