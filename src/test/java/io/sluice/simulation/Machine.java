package io.sluice.simulation;

import java.io.IOException;
import java.lang.reflect.Proxy;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystem;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.WatchService;
import java.nio.file.attribute.FileAttribute;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import org.apache.kafka.clients.admin.Admin;
import org.slf4j.Logger;
import org.slf4j.helpers.MessageFormatter;

/**
 * What {@link Weaver} puts in the place of the machine and of Kafka. Waits cost no time: they move
 * the clock of the world that lives at present.
 */
public final class Machine {
  /** Answers to sends come from another thread than the one that sent. */
  private static final Thread NETWORK = new Thread("kafka-producer-network-thread");

  private static World world;
  private static boolean answering;

  private Machine() {}

  static void inhabit(World newWorld) {
    world = newWorld;
  }

  /** Runs callbacks as Kafka's client does, on its own thread as far as the callee can see. */
  static void answer(Runnable callbacks) {
    boolean before = answering;
    answering = true;
    try {
      callbacks.run();
    } finally {
      answering = before;
    }
  }

  public static long nanoTime() {
    return world == null ? 0 : world.clock().nanos();
  }

  public static long currentTimeMillis() {
    return world == null ? 0 : world.clock().agentMillis();
  }

  public static void sleep(long millis) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    world.pass(millis * 1_000_000);
  }

  /** Interrupted it would return at once, and who waits would ask again until the time is up. */
  public static void parkNanos(long nanos) {
    world.pass(Math.max(nanos, 1));
    world.broker().transmit();
  }

  public static Thread currentThread() {
    return answering ? NETWORK : Thread.currentThread();
  }

  public static UUID randomUuid() {
    return new UUID(0, world.nextId());
  }

  public static Admin admin(Map<String, Object> properties) {
    return SimulatedAdmin.create(world.broker(), properties);
  }

  /** The system has no watches left: changes are found by scanning. */
  public static WatchService newWatchService(FileSystem system) throws IOException {
    throw new IOException("no watches in a simulated world");
  }

  public static FileChannel open(Path path, OpenOption... options) throws IOException {
    return world.opened(FileChannel.open(path, options));
  }

  public static FileChannel open(
      Path path, Set<? extends OpenOption> options, FileAttribute<?>... attributes)
      throws IOException {
    return world.opened(FileChannel.open(path, options, attributes));
  }

  /** No machine loses its power here. */
  public static void force(FileChannel channel, boolean metadata) {}

  public static void crashPoint(Enum<?> point) {
    world.reached(point.name());
  }

  public static ScheduledExecutorService timer(ThreadFactory threads) {
    return world.newTimer();
  }

  /** What is logged is part of the story. */
  public static Logger logger(Class<?> owner) {
    return (Logger)
        Proxy.newProxyInstance(
            Logger.class.getClassLoader(),
            new Class<?>[] {Logger.class},
            (proxy, method, arguments) -> {
              String level = method.getName();
              if (method.getReturnType() == boolean.class) {
                return false;
              }
              if (world != null && (level.equals("warn") || level.equals("error"))) {
                world.logged(level, text(arguments));
              }
              return level.equals("getName") ? owner.getName() : null;
            });
  }

  private static String text(Object[] arguments) {
    if (arguments.length == 1) {
      return String.valueOf(arguments[0]);
    }
    Object[] values =
        arguments[1] instanceof Object[] many
            ? many
            : java.util.Arrays.copyOfRange(arguments, 1, arguments.length);
    return MessageFormatter.arrayFormat(String.valueOf(arguments[0]), values).getMessage();
  }
}
