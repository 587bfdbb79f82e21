package io.sluice.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A class loader with its own copy of all of Sluice, in which whatever the code asks of the machine
 * or of Kafka is answered by {@link Machine}. Nothing in the product knows of it, so nothing in the
 * product can be forgotten: a new call to the clock is simulated like all others.
 *
 * <p>The classes of the simulation itself are loaded by it too. Two universes share nothing but
 * Flume and the JDK.
 */
final class Universe extends ClassLoader {
  private static final String OURS = "io.sluice.";

  private final Map<String, byte[]> replaced;
  private final Set<String> absent = ConcurrentHashMap.newKeySet();

  Universe() {
    this(Map.of());
  }

  /**
   * @param replaced classes to take instead of the product's, by name
   */
  Universe(Map<String, byte[]> replaced) {
    super("universe", Universe.class.getClassLoader());
    this.replaced = replaced;
  }

  /** A new object of the simulation's class {@code name}, as a type that both sides know. */
  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  <T> T start(String name) {
    try {
      var constructor = loadClass("io.sluice.simulation." + name).getDeclaredConstructor();
      constructor.setAccessible(true);
      return (T) constructor.newInstance();
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot start the simulation", e);
    }
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      if (!name.startsWith(OURS)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? define(name) : loaded;
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    if (absent.contains(name)) {
      throw new ClassNotFoundException(name);
    }
    byte[] code = replaced.get(name);
    if (code == null) {
      code = read(name);
    }
    if (!name.startsWith("io.sluice.simulation.")) {
      code = Weaver.weave(code);
    }
    return defineClass(name, code, 0, code.length, Universe.class.getProtectionDomain());
  }

  private byte[] read(String name) throws ClassNotFoundException {
    try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
      if (in == null) {
        absent.add(name); // JMX asks for some again and again
        throw new ClassNotFoundException(name);
      }
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
