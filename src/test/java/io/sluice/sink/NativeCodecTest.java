package io.sluice.sink;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where no native library can be unpacked, in a JVM of its own: libraries stay loaded. */
final class NativeCodecTest {
  @TempDir Path folder;

  /** Prints what is wrong with the codec. */
  public static void main(String[] codec) {
    var problems = new Problems("sink 'k'");
    SinkConfig config =
        SinkSettings.parse(
            "k",
            Map.of(
                "kafka.bootstrap.servers", "localhost:9092",
                "topics.raw", "raw",
                "kafka.producer.compression.type", codec[0]),
            problems);
    System.out.println(config.name() + problems.errors());
  }

  private String parseWithoutNativeLibraries(String codec) throws Exception {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djava.io.tmpdir=" + Files.createFile(folder.resolve("file")),
                "-cp",
                System.getProperty("java.class.path"),
                NativeCodecTest.class.getName(),
                codec)
            .redirectError(Redirect.DISCARD)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
  }

  @ParameterizedTest
  @ValueSource(strings = {"zstd", "snappy"})
  void aCodecThatNeedsOneIsRefusedAndTheFolderNamed(String codec) throws Exception {
    assertThat(parseWithoutNativeLibraries(codec))
        .contains("compression.type = \"" + codec + "\" is not possible", "java.io.tmpdir");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "gzip", "lz4"})
  void theOthersDoWithout(String codec) throws Exception {
    assertThat(parseWithoutNativeLibraries(codec)).endsWith("[]");
  }
}
