package io.sluice.sink.kafka;

import io.sluice.sink.ClientRefusalException;
import io.sluice.sink.DeliveryException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.common.errors.InterruptException;

/** Calls into the Kafka client, its exceptions translated to ours. */
final class KafkaCall {
  /** Something that Kafka does for us. */
  interface Call<T> {
    T run() throws ExecutionException, InterruptedException;
  }

  private KafkaCall() {}

  /**
   * Runs {@code call}.
   *
   * @param what what it is for, to begin the message with
   */
  static <T> T run(String what, Call<T> call) throws DeliveryException, InterruptedException {
    try {
      return call.run();
    } catch (InterruptException e) {
      throw interrupted();
    } catch (KafkaException | IllegalStateException | IllegalArgumentException e) {
      throw failed(what, e);
    } catch (ExecutionException e) {
      throw failed(what, e.getCause() == null ? e : e.getCause());
    }
  }

  /** Names the cause, and what is at its bottom: Kafka wraps a bad setting several times. */
  static DeliveryException failed(String what, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    if (root instanceof ConfigException && !isUnresolved(root)) {
      return new ClientRefusalException(String.valueOf(root.getMessage()), cause);
    }
    String bottom = root == cause ? "" : " (" + named(root) + ")";
    return new DeliveryException(what + ": " + named(cause) + bottom, cause);
  }

  /** The client takes a name that cannot be resolved now for a mistake. */
  private static boolean isUnresolved(Throwable error) {
    return String.valueOf(error.getMessage()).startsWith("No resolvable bootstrap urls");
  }

  private static String named(Throwable error) {
    return error.getClass().getSimpleName() + ": " + error.getMessage();
  }

  /** Kafka's exception sets the thread's interrupt again; Java's does not. */
  static InterruptedException interrupted() {
    Thread.interrupted();
    return new InterruptedException("interrupted while waiting for Kafka");
  }
}
