package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.suite.Needs;
import io.sluice.suite.Tool;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console of a real agent, as programs see it. {@link ConsolePageIT} has the page. */
final class ConsoleIT {
  @TempDir static Path folder;
  private static KafkaBroker broker;
  private static ConsoleScene scene;

  @BeforeAll
  static void start() throws IOException {
    broker = new KafkaBroker(folder.resolve("broker")).start();
    scene = new ConsoleScene(folder, broker.bootstrapServers(), "");
    scene.pipeline().log().append("value=1", "value=29");
    scene.start();
  }

  @AfterAll
  static void stop() {
    scene.close();
    broker.close();
  }

  private static void awaitStatus(String path, int status) {
    await(path + " answers " + status).until(() -> scene.get(path).statusCode() == status);
  }

  @Test
  void isReadyWhenTheSinkIsConnected() {
    awaitStatus("/readyz", 200);

    assertThat(scene.get("/readyz").body()).contains("\"ready\":true");
    assertThat(scene.get("/healthz").body())
        .isEqualTo("{\"live\":true,\"reasons\":[],\"alarms\":[]}");
  }

  @Test
  void isNotReadyWhileKafkaIsGoneThoughThereIsNothingToShip() {
    awaitStatus("/readyz", 200);

    broker.process().kill();
    try {
      awaitStatus("/readyz", 503);

      assertThat(scene.get("/readyz").body())
          .contains("\"ready\":false")
          .contains("\"id\":\"sink-");
      assertThat(scene.get("/healthz").statusCode()).isEqualTo(200);
    } finally {
      broker.start();
    }
    awaitStatus("/readyz", 200);
  }

  @Test
  void showsWhatEachPartDoes() {
    assertThat(metrics())
        .contains("sluice_sink_connected{component=\"kafka\"} 1.0")
        .contains("sluice_sink_delay_seconds_bucket{component=\"kafka\",le=\"0.005\"}")
        .contains("sluice_validator_invalid_total{component=\"range\",reason=\"ABOVE\",")
        .contains("sluice_file_size_bytes{component=\"tail\",file=\"" + scene.folder())
        .contains("flume_channel_capacity_events{component=\"memory\"}");
  }

  @Test
  @Needs(Tool.PROMTOOL)
  void prometheusUnderstandsTheMetrics() throws IOException, InterruptedException {
    Path file = Files.writeString(folder.resolve("metrics.txt"), metrics());
    Process check =
        new ProcessBuilder(Tool.PROMTOOL.path().toString(), "check", "metrics")
            .redirectInput(file.toFile())
            .redirectErrorStream(true)
            .start();

    assertThat(new String(check.getInputStream().readAllBytes())).isEmpty();
    assertThat(check.waitFor()).isZero();
  }

  /** Once the invalid line has reached its topic, everything has been counted. */
  private static String metrics() {
    awaitStatus("/readyz", 200);
    scene.pipeline().awaitAll();
    String reason = "sluice_validator_invalid_total{component=\"range\",reason=\"ABOVE\",";
    await("the invalid line is counted").until(() -> scene.get("/metrics").body().contains(reason));
    return scene.get("/metrics").body();
  }
}
