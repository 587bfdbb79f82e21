package io.sluice.simulation;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A timer without a thread: what is due is run when time passes. */
final class VirtualTimer {
  private static final class Repeated {
    final Runnable task;
    final long everyNanos;
    long dueNanos;

    Repeated(Runnable task, long everyNanos, long dueNanos) {
      this.task = task;
      this.everyNanos = everyNanos;
      this.dueNanos = dueNanos;
    }
  }

  private final Clock clock;
  private final List<Repeated> tasks = new ArrayList<>();
  private boolean shut;

  VirtualTimer(Clock clock) {
    this.clock = clock;
  }

  boolean isShut() {
    return shut;
  }

  void run() {
    for (Repeated repeated : tasks) {
      if (!shut && clock.nanos() - repeated.dueNanos >= 0) {
        repeated.dueNanos = clock.nanos() + repeated.everyNanos;
        repeated.task.run();
      }
    }
  }

  ScheduledExecutorService service() {
    return (ScheduledExecutorService)
        Proxy.newProxyInstance(
            VirtualTimer.class.getClassLoader(),
            new Class<?>[] {ScheduledExecutorService.class},
            (proxy, method, arguments) -> {
              switch (method.getName()) {
                case "scheduleWithFixedDelay", "scheduleAtFixedRate" -> {
                  var unit = (TimeUnit) arguments[3];
                  tasks.add(
                      new Repeated(
                          (Runnable) arguments[0],
                          unit.toNanos((Long) arguments[2]),
                          clock.nanos() + unit.toNanos((Long) arguments[1])));
                  return null;
                }
                case "shutdownNow" -> {
                  shut = true;
                  return List.of();
                }
                case "shutdown" -> {
                  shut = true;
                  return null;
                }
                default -> throw new UnsupportedOperationException("not simulated: " + method);
              }
            });
  }
}
