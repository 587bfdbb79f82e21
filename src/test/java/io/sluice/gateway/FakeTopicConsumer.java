package io.sluice.gateway;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingDeque;
import java.util.concurrent.LinkedBlockingDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A topic in memory. */
final class FakeTopicConsumer implements TopicConsumer {
  final BlockingDeque<Message> left = new LinkedBlockingDeque<>();
  final List<Long> committed = new ArrayList<>();
  private volatile boolean failing;
  private volatile boolean asked;
  private long next;

  FakeTopicConsumer holding(String... values) {
    for (String value : values) {
      left.add(new Message(0, next++, value.getBytes(StandardCharsets.UTF_8)));
    }
    return this;
  }

  FakeTopicConsumer failing(boolean fails) {
    failing = fails;
    return this;
  }

  /** Whether a client has begun to wait. */
  boolean isAsked() {
    return asked;
  }

  private void work() throws UnavailableException {
    if (failing) {
      throw new UnavailableException("broker away");
    }
  }

  @Override
  public @Nullable Message poll(Duration limit) throws UnavailableException {
    work();
    asked = true;
    try {
      return left.pollFirst(limit.toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      throw new UnavailableException("interrupted", e);
    }
  }

  @Override
  public void commit(Message message) throws UnavailableException {
    work();
    committed.add(message.offset());
  }

  @Override
  public void putBack(Message message) {
    left.addFirst(message);
  }

  @Override
  public void check() throws UnavailableException {
    work();
  }

  @Override
  public void wakeUp() {
    failing = true;
  }

  @Override
  public void close(Duration limit) {}
}
