package io.sluice.kafkaclient;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.http.PemFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Servers that answer the first request with some bytes. */
final class ProtocolProbeTest {
  private static final byte[] TLS_ALERT = {0x15, 3, 3, 0, 2, 2, 80};
  private static final byte[] HTTP =
      "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SSH = "SSH-2.0-OpenSSH_9\r\n".getBytes(StandardCharsets.US_ASCII);

  @TempDir Path folder;
  private String server = "";

  private ProtocolProbe probe(String protocol, UnaryOperator<byte[]> answer) throws IOException {
    return probe(protocol, new ServerSocket(0, 1, InetAddress.getLoopbackAddress()), answer);
  }

  private ProtocolProbe tlsProbe(UnaryOperator<byte[]> answer) throws Exception {
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(new PemFiles(folder, "server", "EC").load(), "changeit".toCharArray());
    SSLContext tls = SSLContext.getInstance("TLS");
    tls.init(keys.getKeyManagers(), null, null);
    return probe(
        "SSL",
        tls.getServerSocketFactory().createServerSocket(0, 1, InetAddress.getLoopbackAddress()),
        answer);
  }

  private ProtocolProbe probe(
      String protocol, ServerSocket listening, UnaryOperator<byte[]> answer) {
    server = "127.0.0.1:" + listening.getLocalPort();
    var thread =
        new Thread(
            () -> {
              while (true) {
                try (Socket socket = listening.accept()) {
                  byte[] request = socket.getInputStream().readNBytes(14);
                  socket.getOutputStream().write(answer.apply(request));
                } catch (IOException e) {
                  // A client that expects another protocol hangs up.
                }
              }
            });
    thread.setDaemon(true);
    thread.start();
    return new ProtocolProbe(Map.of("bootstrap.servers", server, "security.protocol", protocol));
  }

  private static byte[] kafka(byte[] request) {
    int id = ByteBuffer.wrap(request).getInt(8);
    return ByteBuffer.allocate(14).putInt(10).putInt(id).putShort((short) 35).putInt(0).array();
  }

  /** Or the client would make room for 1.2 GB, the letters of HTTP taken for a length. */
  @Test
  void anHttpsPortIsNamedToATlsClient() throws Exception {
    assertThat(tlsProbe(request -> HTTP).beforeConnecting())
        .contains(server + " is an HTTPS server and not a Kafka broker; name the broker's port");
  }

  @Test
  void aBrokerIsWhatATlsClientExpectsBehindItsTls() throws Exception {
    assertThat(tlsProbe(ProtocolProbeTest::kafka).beforeConnecting()).isEmpty();
  }

  @Test
  void aBrokerIsWhatAPlainClientExpects() throws IOException {
    assertThat(probe("PLAINTEXT", ProtocolProbeTest::kafka).beforeConnecting()).isEmpty();
    assertThat(probe("sasl_plaintext", ProtocolProbeTest::kafka).beforeConnecting()).isEmpty();
  }

  @Test
  void aTlsPortIsNamedToAPlainClient() throws IOException {
    Optional<String> objection = probe("PLAINTEXT", request -> TLS_ALERT).beforeConnecting();

    assertThat(objection)
        .contains(
            server
                + " speaks TLS, and security.protocol = PLAINTEXT; write SSL or SASL_SSL, or name"
                + " the broker's port without TLS");
  }

  @Test
  void aPlainPortIsNamedToATlsClientThatFailed() throws IOException {
    ProtocolProbe probe = probe("SASL_SSL", ProtocolProbeTest::kafka);

    assertThat(probe.beforeConnecting()).isEmpty();
    assertThat(probe.afterFailure().orElse("")).startsWith(server + " speaks Kafka without TLS");
  }

  @Test
  void aTlsPortIsWhatATlsClientExpects() throws IOException {
    assertThat(probe("SSL", request -> TLS_ALERT).afterFailure()).isEmpty();
  }

  @Test
  void otherServersAreNamed() throws IOException {
    assertThat(probe("PLAINTEXT", request -> HTTP).beforeConnecting().orElse(""))
        .contains("is an HTTP server and not a Kafka broker");
    assertThat(probe("SSL", request -> HTTP).afterFailure().orElse(""))
        .contains("is an HTTP server and not a Kafka broker");
    assertThat(probe("PLAINTEXT", request -> SSH).beforeConnecting().orElse(""))
        .contains("is not a Kafka broker: it answers with the bytes 53 53 48 2d 32");
  }

  @Test
  void whoeverDoesNotAnswerIsLeftToTheClient() throws IOException {
    assertThat(probe("PLAINTEXT", request -> new byte[0]).beforeConnecting()).isEmpty();
    assertThat(
            new ProtocolProbe(Map.of("bootstrap.servers", "127.0.0.1:1,[::1]:1,no.such.host:9092"))
                .beforeConnecting())
        .isEmpty();
  }
}
