package io.sluice.gateway;

import io.sluice.http.Client;
import io.sluice.http.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Gives clients one message at a time off the topics that are allowed. Thread-safe. */
final class ReceiveHandler {
  private static final Set<String> PARAMETERS = Set.of("topic", "timeout");
  private static final int TOPIC_AND_TIMEOUT = 2;
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final ReceiveConfig config;
  private final GatewayMetrics counter;
  private final Map<String, SharedTopic> topics;
  private final ScheduledExecutorService timer;

  ReceiveHandler(
      ReceiveConfig config,
      GatewayMetrics counter,
      BiFunction<String, ReceiveConfig, SharedTopic> topicOf) {
    this.config = config;
    this.counter = counter;
    this.topics =
        config.topics().stream()
            .collect(
                Collectors.toUnmodifiableMap(
                    Function.identity(), name -> topicOf.apply(name, config)));
    this.timer =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "sluice-gateway-idle");
              thread.setDaemon(true);
              return thread;
            });
    @SuppressWarnings("unused") // it ends with the timer
    var look =
        timer.scheduleWithFixedDelay(
            () -> topics.values().forEach(topic -> topic.closeIfIdle(IDLE)),
            IDLE.toSeconds(),
            IDLE.toSeconds() / 4,
            TimeUnit.SECONDS);
  }

  /** What to answer to a request for a message. */
  Response take(@Nullable String query, Client client)
      throws RejectedRequest, InterruptedException {
    if (topics.isEmpty()) {
      throw new RejectedRequest(404, "receiving is switched off; receive.topics names no topic");
    }
    Query parameters = Query.parse(query, PARAMETERS, TOPIC_AND_TIMEOUT);
    String name =
        parameters.one("topic").orElseThrow(() -> new RejectedRequest(400, "topic is missing"));
    SharedTopic topic = topics.get(name);
    if (topic == null) {
      throw new RejectedRequest(403, "this topic is not among receive.topics");
    }
    Duration limit = limit(parameters);
    try {
      Message message = topic.take(limit, client::isGone);
      if (message == null) {
        return Response.nothing();
      }
      counter.taken();
      return Responses.message(message, name);
    } catch (UnavailableException e) {
      return Responses.tryAgain(503, "nothing can be taken off the topic now");
    }
  }

  private Duration limit(Query parameters) throws RejectedRequest {
    String text = parameters.one("timeout").orElse("");
    if (text.isEmpty()) {
      return config.timeout();
    }
    long most = config.maxTimeout().toMillis();
    if (!text.matches("\\d{1,9}") || Long.parseLong(text) > most) {
      throw new RejectedRequest(
          400, "timeout is a whole number from 0 to " + most + " (milliseconds)");
    }
    return Duration.ofMillis(Long.parseLong(text));
  }

  void stop() {
    timer.shutdownNow();
    topics.values().forEach(SharedTopic::stop);
  }
}
