package io.sluice.sink;

import io.sluice.config.Problems;

/** Asks the Kafka client what it would refuse, without connecting. Loaded with the client. */
public interface ClientCheck {
  /** Adds to {@code problems} what the client says to the producer's properties. */
  void check(SinkConfig config, Problems problems);
}
