package io.sluice.cli.zookeeper;

import java.util.List;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.cli.AclParser;
import org.apache.zookeeper.data.ACL;

/**
 * Who may read and write what is stored. Whoever may write it decides what the agents run, and
 * whoever may read it has the secrets in it; so neither is left to everybody by mistake.
 *
 * @param acl the rights that the nodes get; none to leave them as they are, or as those of the node
 *     above
 * @param open whether everybody may
 * @param secrets whether the configuration holds secrets
 */
public record NodeAccess(List<ACL> acl, boolean open, boolean secrets) {
  private static final int CHANGE = Perms.WRITE | Perms.CREATE | Perms.DELETE | Perms.ADMIN;

  /**
   * Rights in the form of ZooKeeper's own {@code setAcl}, such as {@code sasl:flume:cdrwa}.
   *
   * @throws IllegalArgumentException if there are none in {@code text}
   */
  public static List<ACL> parse(String text) {
    List<ACL> rights = text.matches("\\w+:.*:[cdrwa]+") ? AclParser.parse(text) : List.of();
    if (rights.isEmpty()) {
      throw new IllegalArgumentException(
          "\"%s\" is not SCHEME:ID:RIGHTS, such as sasl:flume:cdrwa".formatted(text));
    }
    return rights;
  }

  /**
   * The rights that the node gets.
   *
   * @param present what it has, or would have
   */
  List<ACL> require(String node, List<ACL> present) throws StoreException {
    List<ACL> rights = acl.isEmpty() ? present : acl;
    boolean changeable = rights.stream().anyMatch(each -> isForAll(each, CHANGE));
    boolean readable = rights.stream().anyMatch(each -> isForAll(each, Perms.READ));
    if (!open && (changeable || (readable && secrets))) {
      throw new StoreException(
          "everybody may %s %s (world:anyone): give rights with --acl, such as --acl sasl:flume:cdrwa, or say --open; nothing was stored."
              .formatted(changeable ? "change" : "read the secrets in", node));
    }
    return rights;
  }

  private static boolean isForAll(ACL each, int permissions) {
    return each.getId().getScheme().equals("world") && (each.getPerms() & permissions) != 0;
  }
}
