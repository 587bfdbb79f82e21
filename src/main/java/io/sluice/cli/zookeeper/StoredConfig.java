package io.sluice.cli.zookeeper;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.common.PathUtils;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;

/**
 * One agent's configuration in the node where Flume reads it, and the one before it in a node
 * beside that one. Each change is one transaction of ZooKeeper's: both nodes change or none. Not
 * thread-safe.
 */
public final class StoredConfig implements AutoCloseable {
  /** ZooKeeper's own limit for a request, with room for the node before it and the paths. */
  public static final int MOST_BYTES = 500_000;

  private static final String PREVIOUS = ".previous";

  private final Connection connection;
  private final String folder;
  private final String node;

  /** What a node holds, and its version there. */
  private static final class Content {
    final byte[] bytes;
    final int version;

    Content(byte[] bytes, int version) {
      this.bytes = bytes;
      this.version = version;
    }
  }

  private StoredConfig(Connection connection, String folder, String node) {
    this.connection = connection;
    this.folder = folder;
    this.node = node;
  }

  /**
   * Connects.
   *
   * @param path the node with the agents, as flume-ng's {@code -p}
   * @throws IllegalArgumentException if {@code servers}, {@code path} or {@code agent} cannot be
   *     what they are to be
   * @throws StoreException if no ZooKeeper answers within {@code limit}
   */
  public static StoredConfig open(String servers, String path, String agent, Duration limit)
      throws StoreException, InterruptedException {
    if (agent.contains("/")) {
      throw new IllegalArgumentException("an agent's name has no slash");
    }
    PathUtils.validatePath(path + "/" + agent);
    return new StoredConfig(Connection.open(servers, limit), path, path + "/" + agent);
  }

  /** Where it is stored. */
  public String node() {
    return node;
  }

  /**
   * What the agent runs, or will run when it is started.
   *
   * @throws StoreException if nothing is stored, or it cannot be read
   */
  public byte[] current() throws StoreException, InterruptedException {
    return requireCurrent().bytes;
  }

  /**
   * What {@link #rollback} would restore.
   *
   * @throws StoreException if there is none, or it cannot be read
   */
  public byte[] previous() throws StoreException, InterruptedException {
    return requirePrevious().bytes;
  }

  /**
   * Stores this one, and keeps the one before it; whether it was another.
   *
   * @throws StoreException if {@code access} forbids it, or it cannot be stored
   */
  public boolean push(byte[] config, NodeAccess access)
      throws StoreException, InterruptedException {
    Optional<Content> current = read(node);
    List<ACL> present = rights(current.isPresent() ? node : nearestAbove());
    List<ACL> rights = access.require(node, present);
    if (current.isEmpty()) {
      makeFolder(rights);
      connection.ask("create " + node, zookeeper -> create(zookeeper, node, config, rights));
      return true;
    }
    if (!rights.equals(present)) {
      narrow(node, rights);
      narrow(node + PREVIOUS, rights);
    }
    Content before = current.get();
    if (Arrays.equals(before.bytes, config)) {
      return false;
    }
    Op keep =
        read(node + PREVIOUS).isPresent()
            ? Op.setData(node + PREVIOUS, before.bytes, -1)
            : Op.create(node + PREVIOUS, before.bytes, rights(node), CreateMode.PERSISTENT);
    change(keep, Op.setData(node, config, before.version));
    return true;
  }

  /**
   * Restores the one before, which becomes what this one was: a second time undoes the first.
   *
   * @throws StoreException if there is none
   */
  public void rollback() throws StoreException, InterruptedException {
    Content current = requireCurrent();
    Content previous = requirePrevious();
    change(
        Op.setData(node + PREVIOUS, current.bytes, previous.version),
        Op.setData(node, previous.bytes, current.version));
  }

  @Override
  public void close() {
    connection.close();
  }

  private Content requireCurrent() throws StoreException, InterruptedException {
    Optional<Content> content = read(node);
    if (content.isPresent()) {
      return content.get();
    }
    List<String> others = agents();
    throw new StoreException(
        "ZooKeeper at %s has no node %s%s."
            .formatted(
                connection.servers(),
                node,
                others.isEmpty() ? "" : "; in %s there is %s".formatted(folder, others)));
  }

  private Content requirePrevious() throws StoreException, InterruptedException {
    return read(node + PREVIOUS)
        .orElseThrow(
            () ->
                new StoreException("nothing was stored before what %s holds now.".formatted(node)));
  }

  private Optional<Content> read(String from) throws StoreException, InterruptedException {
    return connection.ask(
        "read " + from,
        zookeeper -> {
          try {
            var stat = new Stat();
            byte[] bytes = zookeeper.getData(from, false, stat);
            return Optional.of(new Content(bytes == null ? new byte[0] : bytes, stat.getVersion()));
          } catch (KeeperException.NoNodeException e) {
            return Optional.empty();
          }
        });
  }

  private List<String> agents() throws StoreException, InterruptedException {
    return connection.ask(
        "list " + folder,
        zookeeper -> {
          try {
            return zookeeper.getChildren(folder, false).stream()
                .filter(name -> !name.endsWith(PREVIOUS))
                .sorted()
                .toList();
          } catch (KeeperException.NoNodeException e) {
            return List.of();
          }
        });
  }

  /** The node whose rights a new one has unless others are given. */
  private String nearestAbove() throws StoreException, InterruptedException {
    String above = folder;
    while (!above.isEmpty() && !exists(above)) {
      above = above.substring(0, above.lastIndexOf('/'));
    }
    String last = above.isEmpty() ? "/" : above;
    if (!exists(last)) {
      throw new StoreException(
          "%s: ZooKeeper does not have the node that is given after the hosts."
              .formatted(connection.servers()));
    }
    return last;
  }

  private void makeFolder(List<ACL> rights) throws StoreException, InterruptedException {
    for (int end = folder.indexOf('/', 1); end >= 0; end = folder.indexOf('/', end + 1)) {
      make(folder.substring(0, end), rights);
    }
    if (!folder.isEmpty()) {
      make(folder, rights);
    }
  }

  private void make(String each, List<ACL> rights) throws StoreException, InterruptedException {
    if (!exists(each)) {
      connection.ask("create " + each, zookeeper -> create(zookeeper, each, new byte[0], rights));
    }
  }

  private void narrow(String each, List<ACL> rights) throws StoreException, InterruptedException {
    if (exists(each)) {
      connection.ask("set the rights of " + each, zookeeper -> zookeeper.setACL(each, rights, -1));
    }
  }

  private boolean exists(String path) throws StoreException, InterruptedException {
    return connection.ask("look for " + path, zookeeper -> zookeeper.exists(path, false) != null);
  }

  private List<ACL> rights(String of) throws StoreException, InterruptedException {
    return connection.ask("see the rights of " + of, zookeeper -> zookeeper.getACL(of, new Stat()));
  }

  private static String create(ZooKeeper zookeeper, String path, byte[] bytes, List<ACL> rights)
      throws KeeperException, InterruptedException {
    return zookeeper.create(path, bytes, rights, CreateMode.PERSISTENT);
  }

  private void change(Op keep, Op set) throws StoreException, InterruptedException {
    connection.ask("change " + node, zookeeper -> zookeeper.multi(List.of(keep, set)));
  }
}
