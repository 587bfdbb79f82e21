package io.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

/** A real agent with a console that asks for a token, and the log that the agent ships. */
final class ConsoleScene implements AutoCloseable {
  static final String TOKEN = "a-token-of-the-test";

  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final int port = FreePort.find();
  private final Path folder;
  private final Pipeline pipeline;

  /**
   * @param folder for the agent's files and logs
   * @param prefix of the topics' names
   */
  ConsoleScene(Path folder, String bootstrapServers, String prefix) throws IOException {
    this.folder = folder.resolve("host");
    pipeline =
        new Pipeline("log-to-kafka.conf", this.folder, bootstrapServers)
            .prefixTopics(prefix)
            .createTopics();
    pipeline.config().replace("a1.sources.tail.interceptors.range.range", "[0,28]");
    pipeline
        .agent()
        .option("-Dflume.monitoring.type=io.sluice.console.Console")
        .option("-Dflume.monitoring.tokenFile=" + Files.writeString(folder.resolve("token"), TOKEN))
        .option("-Dflume.monitoring.port=" + port);
  }

  void start() {
    pipeline.start().agent().awaitLog("console: " + address());
  }

  String address() {
    return "http://127.0.0.1:" + port;
  }

  /** Where the logs are. */
  Path folder() {
    return folder;
  }

  Pipeline pipeline() {
    return pipeline;
  }

  HttpResponse<String> get(String path) {
    try {
      return HTTP.send(
          HttpRequest.newBuilder(URI.create(address() + path))
              .header("Authorization", "Bearer " + TOKEN)
              .build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  @Override
  public void close() {
    pipeline.close();
  }
}
