package io.sluice.streams;

import io.sluice.config.Problems;
import io.sluice.config.Settings;
import io.sluice.kafkaclient.cluster.Cluster;
import io.sluice.kafkaclient.cluster.ClusterException;
import io.sluice.monitoring.Beans;
import io.sluice.validate.VerdictCounts;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.utils.AppInfoParser;
import org.apache.kafka.streams.KafkaStreams;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole application, from its configuration to its end.
 *
 * <p>Under exactly-once (KIP-447) the offsets of what was read and the records that were written
 * are in one transaction: a {@code kill -9} at any moment loses nothing and repeats nothing for
 * consumers of committed records.
 */
public final class StreamsValidator {
  /** Every key of the application. */
  public static final Settings SETTINGS = StreamsSettings.ALL;

  private static final Logger LOG = LoggerFactory.getLogger(StreamsValidator.class);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(30);

  private final StreamsConfiguration config;

  private StreamsValidator(StreamsConfiguration config) {
    this.config = config;
  }

  /**
   * @param problems of what was read of the same configuration before
   * @throws io.sluice.config.ConfigurationException naming every problem at once, those before too
   */
  public static StreamsValidator configure(Map<String, String> given, Problems problems) {
    Optional<StreamsConfiguration> config = StreamsSettings.parse(given, problems, LOG);
    problems.warnings().forEach(LOG::warn);
    problems.throwIfAny();
    return new StreamsValidator(
        config.orElseThrow(() -> new IllegalStateException("no rules and no problem")));
  }

  /**
   * Runs until the process is asked to stop, or until it cannot recover.
   *
   * @return whether it stopped because it was asked to
   * @throws ClusterException if the cluster is not as required at start
   */
  public boolean run() throws ClusterException {
    OutputLimits limits = checkCluster();
    var ended = new CountDownLatch(1);
    try (var streams =
        new KafkaStreams(ValidationTopology.of(config, limits), config.properties())) {
      streams.setUncaughtExceptionHandler(new ThreadReplacement(System::nanoTime));
      streams.setStateListener(
          (now, before) -> {
            LOG.info("streams '{}': {}", config.applicationId(), now);
            if (now == KafkaStreams.State.ERROR || now == KafkaStreams.State.NOT_RUNNING) {
              ended.countDown();
            }
          });
      var closing = new Thread(() -> close(streams), "sluice-streams-close");
      Runtime.getRuntime().addShutdownHook(closing);
      Beans.show("streams", config.applicationId(), new StreamsState(config.validator(), streams));
      sayStart();
      streams.start();
      ended.await();
      return streams.state() != KafkaStreams.State.ERROR && closing.isAlive();
    } catch (InterruptedException e) {
      throw Cluster.interrupted(e);
    }
  }

  private OutputLimits checkCluster() throws ClusterException {
    try (var cluster = new Cluster(config.clientProperties())) {
      cluster.requireTopics(List.of(config.raw(), config.valid(), config.invalid()));
      if (config.exactlyOnce()) {
        cluster.requireTransactions(config.applicationId() + "-start");
      }
      return OutputLimits.ofProducer(config.streams())
          .ofTopics(cluster.admin(), List.of(config.valid(), config.invalid()));
    } catch (ExecutionException e) {
      throw new ClusterException("the limits of the topics cannot be read: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      throw Cluster.interrupted(e);
    }
  }

  private void close(KafkaStreams streams) {
    boolean inTime = streams.close(CLOSE_LIMIT);
    VerdictCounts counts = config.validator().counts();
    LOG.info(
        "streams '{}' {}: judged={} valid={} invalid={} dropped={} {}",
        config.applicationId(),
        inTime ? "stopped" : "did not stop within " + CLOSE_LIMIT.toSeconds() + " s",
        counts.judged(),
        counts.valid(),
        counts.invalid(),
        counts.dropped(),
        counts.invalidByRule());
  }

  private void sayStart() {
    LOG.info(
        "streams '{}': {} to {} and {}, {}, {} threads, Kafka {}; rules {} (hash {})",
        config.applicationId(),
        config.raw(),
        config.valid(),
        config.invalid(),
        config.exactlyOnce() ? "exactly once" : "at least once",
        config.threads(),
        AppInfoParser.getVersion(),
        config.validator().rules().names(),
        config.validator().rules().hash());
  }
}
