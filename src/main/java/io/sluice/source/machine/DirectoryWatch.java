package io.sluice.source.machine;

import static java.nio.file.StandardWatchEventKinds.ENTRY_CREATE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_DELETE;
import static java.nio.file.StandardWatchEventKinds.ENTRY_MODIFY;
import static java.nio.file.StandardWatchEventKinds.OVERFLOW;

import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.WatchEvent;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Signals through the JDK's WatchService. Where the system has no watches left it says so once and
 * goes on with those it has; the periodic scan sees the rest.
 *
 * <p>Used by one thread.
 */
public final class DirectoryWatch implements Signals {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryWatch.class);

  private final String component;
  private final Registration registration;
  private final @Nullable WatchService service;
  private final Map<Path, Watched> directories = new HashMap<>();
  private final Map<WatchKey, Path> paths = new HashMap<>();
  private boolean exhausted;

  private record Watched(WatchKey watch, Object key) {}

  /** How a directory comes to be watched; tests have systems that watch no more. */
  public interface Registration {
    WatchKey register(Path directory, WatchService service) throws IOException;
  }

  public DirectoryWatch(String component) {
    this(
        component,
        (directory, service) ->
            directory.register(service, ENTRY_CREATE, ENTRY_MODIFY, ENTRY_DELETE));
  }

  public DirectoryWatch(String component, Registration registration) {
    this.component = component;
    this.registration = registration;
    this.service = start();
  }

  private @Nullable WatchService start() {
    try {
      return FileSystems.getDefault().newWatchService();
    } catch (IOException e) {
      giveUp(e);
      return null;
    }
  }

  private void giveUp(IOException cause) {
    if (!exhausted) {
      LOG.warn(
          "{}: the system watches no more directories for us ({}); files there are noticed by"
              + " scanning only. Raise fs.inotify.max_user_watches or max_user_instances.",
          component,
          cause.getMessage());
    }
    exhausted = true;
  }

  @Override
  public void watch(Path directory, Object key) {
    Watched known = directories.get(directory);
    if (service == null || (known != null && known.key().equals(key))) {
      return;
    }
    try {
      WatchKey watch = registration.register(directory, service);
      directories.put(directory, new Watched(watch, key));
      paths.put(watch, directory);
    } catch (NoSuchFileException e) {
      LOG.debug("{} is gone before it could be watched", directory);
    } catch (IOException e) {
      giveUp(e);
    }
  }

  @Override
  public boolean await(long millis, Consumer<Path> changed) throws InterruptedException {
    if (service == null) {
      Thread.sleep(millis);
      return true;
    }
    boolean whole = true;
    Set<Path> seen = new LinkedHashSet<>();
    try {
      WatchKey key = millis > 0 ? service.poll(millis, TimeUnit.MILLISECONDS) : service.poll();
      for (; key != null; key = service.poll()) {
        whole &= collect(key, seen);
      }
    } catch (ClosedWatchServiceException e) {
      LOG.debug("the watch is closed", e);
    }
    seen.forEach(changed);
    return whole;
  }

  private boolean collect(WatchKey key, Set<Path> seen) {
    boolean whole = true;
    Path directory = paths.get(key);
    for (WatchEvent<?> event : key.pollEvents()) {
      if (event.kind() == OVERFLOW || directory == null) {
        whole = false;
      } else if (event.context() instanceof Path name) {
        seen.add(directory.resolve(name));
      }
    }
    if (!key.reset()) {
      paths.remove(key);
      if (directory != null) {
        directories.remove(directory);
      }
      whole = false;
    }
    return whole;
  }

  @Override
  public boolean isComplete() {
    return !exhausted;
  }

  @Override
  public void close() {
    if (service != null) {
      try {
        service.close();
      } catch (IOException e) {
        LOG.warn("{}: closing the directory watch failed", component, e);
      }
    }
  }
}
