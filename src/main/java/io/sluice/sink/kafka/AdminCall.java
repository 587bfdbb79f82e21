package io.sluice.sink.kafka;

import io.sluice.sink.DeliveryException;
import io.sluice.sink.SinkConfig;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;

/** One question to the brokers, over a connection that is let go at once. */
final class AdminCall {
  /** What is asked. */
  interface Question<T> {
    T ask(Admin admin) throws ExecutionException, InterruptedException;
  }

  private AdminCall() {}

  static <T> T run(SinkConfig config, String what, Question<T> question)
      throws DeliveryException, InterruptedException {
    return KafkaCall.run(
        what,
        () -> {
          Admin admin = Admin.create(ClientProperties.auxiliary(config));
          try {
            return question.ask(admin);
          } finally {
            admin.close(Duration.ZERO); // or a stop would wait for an answer
          }
        });
  }
}
