package io.sluice.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.NIOServerCnxnFactory;
import org.apache.zookeeper.server.ZooKeeperServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The commands against a ZooKeeper server in this process. */
final class ConfigCommandTest {
  private static final String GOOD =
      """
      a1.sources = netcat
      a1.channels = memory
      a1.sinks = log
      a1.sources.netcat.type = netcat
      a1.sources.netcat.bind = localhost
      a1.sources.netcat.port = 6666
      a1.sources.netcat.channels = memory
      a1.channels.memory.type = memory
      a1.channels.memory.capacity = 1000
      a1.sinks.log.type = logger
      a1.sinks.log.channel = memory
      """;
  private static final String CHANGED = GOOD.replace("6666", "7777");

  @TempDir Path folder;
  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  private NIOServerCnxnFactory server;

  @BeforeEach
  void start() throws Exception {
    Path data = folder.resolve("zookeeper");
    var zookeeper = new ZooKeeperServer(data.toFile(), data.toFile(), 500);
    server = new NIOServerCnxnFactory();
    server.configure(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.startup(zookeeper);
  }

  @AfterEach
  void stop() {
    server.shutdown();
  }

  private String servers() {
    return "127.0.0.1:" + server.getLocalPort();
  }

  private int run(String command, String agent, String... more) {
    var arguments = new ArrayList<>(List.of("config", command, "--zk", servers(), "--name", agent));
    arguments.addAll(List.of(more));
    return execute(arguments);
  }

  /** As most tests do it: the server is theirs alone. */
  private int push(String... more) {
    var arguments = new ArrayList<>(List.of("--open"));
    arguments.addAll(List.of(more));
    return run("push", "a1", arguments.toArray(String[]::new));
  }

  private int execute(List<String> arguments) {
    CommandLine commandLine = Sluice.commandLine();
    return commandLine
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments.toArray(String[]::new));
  }

  private String file(String content) throws IOException {
    return Files.writeString(folder.resolve("agent.conf"), content).toString();
  }

  /** What pull writes, and nothing else. */
  private String pulled(String... more) {
    PrintStream stdout = System.out;
    var bytes = new ByteArrayOutputStream();
    System.setOut(new PrintStream(bytes, true, StandardCharsets.UTF_8));
    try {
      assertThat(run("pull", "a1", more)).isZero();
    } finally {
      System.setOut(stdout);
    }
    return bytes.toString(StandardCharsets.UTF_8);
  }

  @Test
  void whatIsPushedIsPulledByteForByte() throws Exception {
    assertThat(push(file(GOOD + "# ünlaut\n"))).isZero();

    assertThat(out.toString()).startsWith("/flume/a1 holds ").contains("bytes");
    assertThat(pulled()).isEqualTo(GOOD + "# ünlaut\n");
  }

  @Test
  void pushingTheSameTwiceKeepsWhatWasBefore() throws Exception {
    push(file(GOOD));
    push(file(CHANGED));

    assertThat(push(file(CHANGED))).isZero();

    assertThat(out.toString()).endsWith("agent.conf already\n");
    assertThat(pulled("--previous")).isEqualTo(GOOD);
  }

  @Test
  void rollbackRestoresTheOneBeforeAndASecondUndoesIt() throws Exception {
    push(file(GOOD));
    push(file(CHANGED));

    assertThat(run("rollback", "a1")).isZero();
    assertThat(out.toString()).endsWith("/flume/a1 is again what it was before\n");
    assertThat(pulled()).isEqualTo(GOOD);

    assertThat(run("rollback", "a1")).isZero();
    assertThat(pulled()).isEqualTo(CHANGED);
  }

  @Test
  void rollbackOfTheFirstIsRefused() throws Exception {
    push(file(GOOD));

    assertThat(run("rollback", "a1")).isEqualTo(1);

    assertThat(err.toString())
        .endsWith("rollback: nothing was stored before what /flume/a1 holds now.\n");
    assertThat(pulled()).isEqualTo(GOOD);
  }

  @Test
  void aFileWithMistakesIsRefusedAndNothingChanges() throws Exception {
    push(file(GOOD));

    assertThat(push(file(GOOD.replace("capacity", "capcity")))).isEqualTo(1);

    assertThat(err.toString())
        .contains("agent.conf:9: error: channel 'memory': capcity is not a known key")
        .endsWith("push: refused; nothing was stored.\n");
    assertThat(pulled()).isEqualTo(GOOD);
  }

  @Test
  void aFileForAnotherAgentIsRefused() throws Exception {
    assertThat(run("push", "a2", file(GOOD))).isEqualTo(1);

    assertThat(err.toString()).contains("there is no agent 'a2' in it; the nearest is a1");
  }

  @Test
  void whatFlumeFillsInOnlyInFilesIsWarnedOf() throws Exception {
    String open = GOOD.replace("6666", "${env:PORT}");
    String filtered = GOOD.replace("6666", "${secrets['port']}");

    assertThat(push("--strict", file(open))).isEqualTo(1);
    assertThat(err.toString()).contains("warning: a1.sources.netcat.port has ${...}");
    err.getBuffer().setLength(0);
    assertThat(push(file(filtered))).isZero();
    assertThat(err.toString()).doesNotContain("has ${...}");
  }

  @Test
  void diffTellsKeysAndNoSecrets() throws Exception {
    push(file(GOOD + "a1.sources.netcat.ssl.password = hunter22\n"));
    push(file(GOOD));

    String other = CHANGED.replace("a1.channels.memory.capacity = 1000\n", "");
    assertThat(run("diff", "a1", file(other + "a1.x.password = hunter23"))).isEqualTo(1);

    assertThat(out.toString())
        .endsWith(
            """
            - a1.channels.memory.capacity = 1000
            - a1.sources.netcat.port = 6666
            + a1.sources.netcat.port = 7777
            + a1.x.password = ***
            """);
  }

  @Test
  void diffOfTheSameIsSilentAndOfCommentsIsNot() throws Exception {
    push(file(GOOD));
    out.getBuffer().setLength(0);

    assertThat(run("diff", "a1", file(GOOD))).isZero();
    assertThat(out.toString()).isEmpty();

    assertThat(run("diff", "a1", file("# new\n" + GOOD))).isEqualTo(1);
    assertThat(out.toString()).isEqualTo("only comments, blanks or the order of keys differ\n");
  }

  @Test
  void whatIsNotStoredIsToldWithWhatIs() throws Exception {
    push(file(GOOD));
    push(file(CHANGED));

    assertThat(run("pull", "b1")).isEqualTo(1);
    assertThat(err.toString()).endsWith(" has no node /flume/b1; in /flume there is [a1].\n");
    assertThat(run("diff", "b1", file(GOOD))).isEqualTo(2);
  }

  @Test
  void noZooKeeperIsTold() throws Exception {
    server.shutdown();

    assertThat(run("pull", "a1", "--timeout", "1")).isEqualTo(1);

    assertThat(err.toString())
        .isEqualTo("pull: no ZooKeeper answers at " + servers() + " within 1 s.\n");
  }

  @Test
  void whatCannotBeANodeIsAWrongCommandLine() {
    assertThat(run("pull", "a/1")).isEqualTo(2);
    assertThat(run("pull", "a1", "--path", "flume")).isEqualTo(2);
    assertThat(run("pull", "a1", "--path", "/flume/")).isEqualTo(2);
    assertThat(execute(List.of("config", "pull", "--zk", "host:port", "--name", "a1")))
        .isEqualTo(2);

    assertThat(err.toString()).contains("--path flume", "must start with / character", "host:port");
  }

  @Test
  void nodesHaveTheRightsOfTheOneAbove() throws Exception {
    var zookeeper = new ZooKeeper(servers(), 10_000, event -> {});
    zookeeper.addAuthInfo("digest", "ops:secret".getBytes(StandardCharsets.UTF_8));
    zookeeper.create("/flume", new byte[0], Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
    push(file(GOOD));
    zookeeper.setACL("/flume/a1", Ids.READ_ACL_UNSAFE, -1);

    assertThat(push(file(CHANGED))).isEqualTo(1);
    assertThat(err.toString()).endsWith(" forbids to change /flume/a1.\n");
    assertThat(zookeeper.getACL("/flume/a1", new Stat())).isEqualTo(Ids.READ_ACL_UNSAFE);
    assertThat(zookeeper.exists("/flume/a1.previous", false)).isNull();
    zookeeper.close();
  }

  @Test
  void aNodeThatEverybodyMayChangeIsRefused() throws Exception {
    assertThat(run("push", "a1", file(GOOD))).isEqualTo(1);

    assertThat(err.toString())
        .contains("everybody may change /flume/a1 (world:anyone)")
        .contains("--acl sasl:flume:cdrwa")
        .endsWith("nothing was stored.\n");
    assertThat(run("pull", "a1")).isEqualTo(1);
  }

  @Test
  void rightsThatAreGivenAreTheNodesOwn() throws Exception {
    String mine = "ip:127.0.0.1:cdrwa";
    assertThat(run("push", "a1", "--acl", mine, file(GOOD))).isZero();
    assertThat(run("push", "a1", file(CHANGED))).as("it has them").isZero();
    assertThat(run("push", "a1", "--acl", mine + ",world:anyone:r", file(GOOD))).isZero();

    String secret =
        GOOD.replace("= logger", "= com.example.Sink") + "a1.sinks.log.password = hush-hush\n";
    assertThat(run("push", "a1", file(secret))).isEqualTo(1);
    assertThat(err.toString())
        .contains("warning: a1.sinks.log.password is a secret")
        .contains("everybody may read the secrets in /flume/a1")
        .doesNotContain("hush-hush");
    assertThat(pulled()).isEqualTo(GOOD);
  }

  @Test
  void whatIsNoRightIsRefused() throws Exception {
    assertThat(run("push", "a1", "--acl", "everybody", file(GOOD))).isEqualTo(2);

    assertThat(err.toString()).contains("--acl: \"everybody\" is not SCHEME:ID:RIGHTS");
  }
}
