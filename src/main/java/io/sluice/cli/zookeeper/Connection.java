package io.sluice.cli.zookeeper;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;

/** A session with ZooKeeper, and what its errors mean to a user. */
final class Connection implements AutoCloseable {
  private static final Duration SESSION = Duration.ofSeconds(10);

  private final String servers;
  private final ZooKeeper zookeeper;

  private Connection(String servers, ZooKeeper zookeeper) {
    this.servers = servers;
    this.zookeeper = zookeeper;
  }

  /**
   * Returns when the session is there.
   *
   * @throws IllegalArgumentException if {@code servers} is no list of hosts and ports
   * @throws StoreException if it is not there within {@code limit}
   */
  static Connection open(String servers, Duration limit)
      throws StoreException, InterruptedException {
    var answered = new CountDownLatch(1);
    try {
      var zookeeper =
          new ZooKeeper(servers, (int) SESSION.toMillis(), event -> onEvent(event, answered));
      var connection = new Connection(servers, zookeeper);
      boolean inTime = answered.await(limit.toMillis(), TimeUnit.MILLISECONDS);
      if (inTime && zookeeper.getState().isConnected()) {
        return connection;
      }
      connection.close();
      throw new StoreException(
          inTime
              ? "ZooKeeper at %s refuses the authentication.".formatted(servers)
              : "no ZooKeeper answers at %s within %d s.".formatted(servers, limit.toSeconds()));
    } catch (IOException e) {
      throw new StoreException("no ZooKeeper at %s: %s".formatted(servers, e), e);
    }
  }

  private static void onEvent(WatchedEvent event, CountDownLatch answered) {
    if (event.getState() == KeeperState.SyncConnected
        || event.getState() == KeeperState.AuthFailed) {
      answered.countDown();
    }
  }

  /** Something that is asked of ZooKeeper. */
  interface Call<T> {
    T on(ZooKeeper zookeeper) throws KeeperException, InterruptedException;
  }

  /**
   * @param what is done, such as {@code read /flume/a1}
   * @throws StoreException for every error but those that {@code call} handles
   */
  <T> T ask(String what, Call<T> call) throws StoreException, InterruptedException {
    try {
      return call.on(zookeeper);
    } catch (KeeperException.NoAuthException e) {
      throw new StoreException("ZooKeeper at %s forbids to %s.".formatted(servers, what), e);
    } catch (KeeperException.BadVersionException
        | KeeperException.NodeExistsException
        | KeeperException.NoNodeException e) {
      throw new StoreException(
          "could not %s: somebody else changed it in this moment, and nothing was written. Try again."
              .formatted(what),
          e);
    } catch (KeeperException.ConnectionLossException | KeeperException.SessionExpiredException e) {
      throw new StoreException(
          "ZooKeeper at %s was gone before it answered whether it could %s; ask again."
              .formatted(servers, what),
          e);
    } catch (KeeperException e) {
      throw new StoreException(
          "ZooKeeper at %s could not %s: %s".formatted(servers, what, e.getMessage()), e);
    }
  }

  String servers() {
    return servers;
  }

  @Override
  public void close() {
    try {
      zookeeper.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
