package io.sluice.sink.kafka;

import io.sluice.kafkaclient.ProtocolProbe;
import io.sluice.sink.DeliveryException;
import io.sluice.sink.SinkConfig;
import java.net.ProtocolException;
import java.util.Optional;

/** Asks the brokers for the topics' limits, after a look at whether they are brokers at all. */
final class FirstContact {
  private FirstContact() {}

  /**
   * @param again whether they were connected before; then they are known
   */
  static TopicLimits limits(SinkConfig config, boolean again)
      throws DeliveryException, InterruptedException {
    if (!again) {
      look(config);
    }
    try {
      return TopicLimits.read(config);
    } catch (DeliveryException e) {
      refuse(probe(config).afterFailure());
      throw e;
    }
  }

  /** Before any client is made. */
  static void look(SinkConfig config) throws DeliveryException {
    refuse(probe(config).beforeConnecting());
  }

  private static ProtocolProbe probe(SinkConfig config) {
    return new ProtocolProbe(ClientProperties.auxiliary(config));
  }

  private static void refuse(Optional<String> objection) throws DeliveryException {
    if (objection.isPresent()) {
      throw new DeliveryException(objection.get(), new ProtocolException(objection.get()));
    }
  }
}
