package io.sluice.sink.kafka;

import io.sluice.sink.DeliveryException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.KafkaException;
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
    String bottom = root == cause ? "" : " (" + named(root) + ")";
    return new DeliveryException(what + ": " + named(cause) + bottom, cause);
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
