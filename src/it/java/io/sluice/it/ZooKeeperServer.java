package io.sluice.it;

import static io.sluice.suite.Patience.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A real ZooKeeper server in a process of its own, on the loopback interface. */
final class ZooKeeperServer implements AutoCloseable {
  private final int port = FreePort.find();
  private final JavaProcess process;

  /** Returns when the server serves. */
  ZooKeeperServer(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path config =
        Files.write(
            folder.resolve("zoo.cfg"),
            List.of(
                "dataDir=" + folder.resolve("data"),
                "clientPort=" + port,
                "clientPortAddress=127.0.0.1",
                "admin.enableServer=false"));
    process =
        JavaProcess.start(
            folder,
            folder.resolve("zookeeper.log"),
            List.of(
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-cp",
                Homes.zooKeeper().resolve("lib") + "/*",
                "org.apache.zookeeper.server.ZooKeeperServerMain",
                config.toString()));
    await("ZooKeeper serves on port " + port)
        .until(() -> process.output().contains("PrepRequestProcessor (sid:0) started"));
  }

  String address() {
    return "127.0.0.1:" + port;
  }

  /** SIGKILL. */
  void kill() {
    process.kill();
  }

  @Override
  public void close() {
    kill();
  }
}
