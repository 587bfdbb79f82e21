package io.sluice.sink;

import java.util.ArrayList;
import java.util.List;
import org.apache.flume.Sink;
import org.apache.flume.SinkProcessor;
import org.apache.flume.SinkRunner;
import org.apache.flume.SourceRunner;
import org.apache.flume.node.MaterializedConfiguration;
import org.apache.flume.sink.AbstractSingleSinkProcessor;
import org.apache.flume.sink.AbstractSinkProcessor;

/**
 * What an agent's configuration puts next to a sink.
 *
 * @param isGroup whether the sink is in a sink group
 * @param rivals names of the sinks of other kinds that take events out of its channel
 * @param filesOnly whether every event of the channel comes from a file, and says from where
 */
record Company(boolean isGroup, List<String> rivals, boolean filesOnly) {
  /** Users name it in a configuration, so it stays. */
  private static final String FILE_SOURCE = "io.sluice.source.LogFileSource";

  /** No configuration was shown to the sink. */
  static final Company UNKNOWN = new Company(false, List.of(), false);

  static Company of(Sink sink, MaterializedConfiguration configuration) {
    boolean group = false;
    List<String> rivals = new ArrayList<>();
    for (SinkRunner runner : configuration.getSinkRunners().values()) {
      List<Sink> sinks = sinks(runner.getPolicy());
      group |= sinks.contains(sink) && runner.getPolicy() instanceof AbstractSinkProcessor;
      sinks.stream()
          .filter(other -> other.getChannel() == sink.getChannel())
          .filter(other -> !(other instanceof RoutingKafkaSink))
          .forEach(other -> rivals.add(other.getName()));
    }
    return new Company(group, List.copyOf(rivals), isFilesOnly(sink, configuration));
  }

  private static boolean isFilesOnly(Sink sink, MaterializedConfiguration configuration) {
    return configuration.getSourceRunners().values().stream()
        .map(SourceRunner::getSource)
        .filter(
            source ->
                source
                    .getChannelProcessor()
                    .getSelector()
                    .getAllChannels()
                    .contains(sink.getChannel()))
        .allMatch(source -> source.getClass().getName().equals(FILE_SOURCE));
  }

  private static List<Sink> sinks(SinkProcessor processor) {
    if (processor instanceof AbstractSingleSinkProcessor single) {
      return List.of(single.getSink());
    }
    return processor instanceof AbstractSinkProcessor group ? group.getSinks() : List.of();
  }
}
