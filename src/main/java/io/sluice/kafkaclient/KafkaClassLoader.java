package io.sluice.kafkaclient;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks into {@code sluice/kafka/} first and asks Flume's class path only for what is not there.
 *
 * <p>Of our own classes it defines the Kafka-facing ones only, those in a package {@code
 * io.sluice.*.kafka}: they must see the client next to them. All others, and with them every type
 * that both sides speak, come from Flume's class path.
 */
final class KafkaClassLoader extends URLClassLoader {
  static {
    registerAsParallelCapable();
  }

  private final ClassLoader flume;

  KafkaClassLoader(URL[] jars, ClassLoader flume) {
    super("sluice-kafka", jars, flume);
    this.flume = flume;
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      if (loaded == null) {
        loaded = isOurs(name) && !isKafkaFacing(name) ? flume.loadClass(name) : ownFirst(name);
      }
      if (resolve) {
        resolveClass(loaded);
      }
      return loaded;
    }
  }

  private Class<?> ownFirst(String name) throws ClassNotFoundException {
    try {
      return findClass(name);
    } catch (ClassNotFoundException e) {
      return flume.loadClass(name);
    }
  }

  private static boolean isOurs(String name) {
    return name.startsWith("io.sluice.");
  }

  static boolean isKafkaFacing(String name) {
    return isOurs(name) && name.indexOf(".kafka.", "io.sluice.".length()) > 0;
  }

  @Override
  public @Nullable URL getResource(String name) {
    URL own = findResource(name);
    return own != null ? own : flume.getResource(name);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    List<URL> all = new ArrayList<>(Collections.list(findResources(name)));
    all.addAll(Collections.list(flume.getResources(name)));
    return Collections.enumeration(all);
  }
}
