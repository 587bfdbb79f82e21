package io.sluice.source;

import io.sluice.delivery.Position;
import io.sluice.source.config.LineRules;
import io.sluice.source.config.SourceConfig;
import io.sluice.source.config.SourceSettings.Compressed;
import io.sluice.source.config.SourceSettings.StartAt;
import io.sluice.source.files.FileTracker;
import io.sluice.source.files.Finder;
import io.sluice.source.lines.LineCutter;
import io.sluice.source.lines.LineReader;
import io.sluice.source.lines.Tailer;
import io.sluice.source.machine.Environment;
import io.sluice.source.machine.Signals;
import io.sluice.source.metrics.SourceMetrics;
import io.sluice.source.positions.PositionFile;
import io.sluice.source.positions.PositionFile.Loaded;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Builds a source's loop from where the last one stopped. */
final class Startup {
  private final String source;
  private final SourceConfig config;
  private final Environment environment;
  private final SourceMetrics metrics;
  private final ShownFiles shownFiles;

  Startup(
      String source,
      SourceConfig config,
      Environment machine,
      SourceMetrics metrics,
      ShownFiles shownFiles) {
    this.source = source;
    this.config = config;
    this.environment = environment(config, machine);
    this.metrics = metrics;
    this.shownFiles = shownFiles;
  }

  private static Environment environment(SourceConfig config, Environment machine) {
    boolean unzipping = config.compressed() != Compressed.AS_IS;
    if (!config.followLinks()) {
      return machine.withoutLinks(unzipping);
    }
    return unzipping ? machine : machine.withoutUnzipping();
  }

  /** The loop, or empty while the sink has not said where to start. */
  Optional<SourceLoop> begin(Acknowledgement acknowledgement) throws IOException {
    var file =
        new PositionFile("source '" + source + "'", config.positionFile(), environment.time());
    if (acknowledgement.isInKafka()) {
      Optional<List<Position>> committed = acknowledgement.committed();
      if (committed.isEmpty()) {
        return Optional.empty();
      }
      Loaded loaded = file.load().under(committed.get());
      // What the first start leaves out must not depend on whether a line was delivered since.
      boolean remembers = !loaded.existed() && config.startAt() == StartAt.END;
      return Optional.of(
          loop(acknowledgement, remembers ? Optional.of(file) : Optional.empty(), loaded));
    }
    acknowledgement.warnOfLosses();
    file.reserve();
    return Optional.of(loop(acknowledgement, Optional.of(file), file.load()));
  }

  private SourceLoop loop(
      Acknowledgement acknowledgement, Optional<PositionFile> file, Loaded loaded) {
    String component = "source '" + source + "'";
    Signals signals = environment.signals().apply(component);
    var finder = new Finder(component, config, signals, environment.time());
    LineRules rules = config.lines();
    var reader =
        new LineReader(
            environment.opener(),
            LineCutter.of(rules, metrics, environment.time()),
            rules.unit(),
            metrics);
    var tailer = new Tailer(reader, config.maxBatchCount(), environment.time());
    var tracker =
        new FileTracker(source, config, environment, finder, loaded, metrics, tailer::enqueue);
    return new SourceLoop(
        source,
        config,
        acknowledgement,
        tracker,
        tailer,
        signals,
        file,
        metrics,
        shownFiles,
        environment.time());
  }
}
