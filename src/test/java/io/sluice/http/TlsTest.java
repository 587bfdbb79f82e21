package io.sluice.http;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static java.time.temporal.ChronoUnit.DAYS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.within;

import io.sluice.config.Problems;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.eclipse.jetty.server.Request;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TlsTest {
  @TempDir private Path folder;
  private final Map<String, String> given = new HashMap<>();
  private @Nullable HttpServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.stop();
    }
  }

  private HttpServer start() throws IOException {
    var problems = new Problems("test");
    HttpConfig config =
        HttpConfig.parse(
            "", "bind", "127.0.0.1", 0, HttpSettings.ALL.parse(given, problems), problems);
    assertThat(problems.errors()).isEmpty();
    var limits = new Limits(4, 8_192, Duration.ofSeconds(5), Duration.ofSeconds(5));
    server = HttpServer.start("tls-test", config, limits, new Hello());
    return server;
  }

  /** A client that trusts {@code server} and, if it is given, shows {@code own}. */
  private static SSLContext client(PemFiles server, @Nullable PemFiles own) throws Exception {
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("server", server.load().getCertificate("key"));
    trust.init(trusted);
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own == null ? null : own.load(), "changeit".toCharArray());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  private String ask(SSLContext client, String... protocols) throws IOException {
    try (SSLSocket socket =
        (SSLSocket)
            client
                .getSocketFactory()
                .createSocket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      if (protocols.length > 0) {
        socket.setEnabledProtocols(protocols);
      }
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".getBytes(UTF_8));
      return socket.getSession().getProtocol()
          + " "
          + new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void speaksTlsFrom12OnAndNothingElse() throws Exception {
    var files = new PemFiles(folder, "edge", "RSA");
    given.put("tls.certificateFile", files.certificate().toString());
    given.put("tls.keyFile", files.key().toString());
    start();
    SSLContext client = client(files, null);

    assertThat(ask(client)).startsWith("TLSv1.3 HTTP/1.1 200 ").endsWith("hello\n");
    assertThat(ask(client, "TLSv1.2")).startsWith("TLSv1.2 HTTP/1.1 200 ");
    try (Socket plain = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      plain.setSoTimeout(10_000);
      plain.getOutputStream().write("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(UTF_8));
      assertThat(new String(plain.getInputStream().readAllBytes(), UTF_8)).doesNotContain("hello");
    }
  }

  @Test
  void asksForClientCertificates() throws Exception {
    var edge = new PemFiles(folder, "edge", "EC");
    var friend = new PemFiles(folder, "friend", "EC");
    given.put("tls.certificateFile", edge.store.toString());
    given.put("tls.passwordFile", edge.password().toString());
    given.put("tls.clientAuthoritiesFile", friend.certificate().toString());
    start();

    assertThat(ask(client(edge, friend))).contains("HTTP/1.1 200 ");
    assertThatExceptionOfType(IOException.class)
        .isThrownBy(() -> ask(client(edge, new PemFiles(folder, "stranger", "EC"))));
    assertThatExceptionOfType(IOException.class).isThrownBy(() -> ask(client(edge, null)));
  }

  /** As a renewal does it: another certificate, moved into place. */
  @Test
  void readsTheCertificateAgainWhenItChanges() throws Exception {
    var before = new PemFiles(folder, "before", "EC");
    var after = new PemFiles(folder, "after", "EC");
    Path inUse = Files.copy(before.both(), folder.resolve("in-use.pem"));
    PemFiles.closed(inUse);
    given.put("tls.certificateFile", inUse.toString());
    start();
    assertThat(ask(client(before, null))).contains("200");

    Files.writeString(inUse, before.certificateText() + after.keyText());
    assertThat(ask(client(before, null))).as("one that is half written").contains("200");
    Files.move(after.both(), inUse, StandardCopyOption.REPLACE_EXISTING);

    await("the new certificate")
        .ignoreExceptionsInstanceOf(SSLHandshakeException.class)
        .untilAsserted(() -> assertThat(ask(client(after, null))).contains("200"));
  }

  @Test
  void showsWhenItsCertificateExpiresWhileItRuns() throws Exception {
    given.put("tls.certificateFile", new PemFiles(folder, "edge", "EC").both().toString());
    var name = new ObjectName("io.sluice:type=server,name=tls-test");
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    HttpServer started = start();

    Instant expiry = Instant.ofEpochMilli((long) beans.getAttribute(name, "ExpiryMillis"));
    started.stop();

    assertThat(expiry).isCloseTo(Instant.now().plus(30, DAYS), within(1, DAYS));
    assertThat(beans.isRegistered(name)).isFalse();
  }

  private static final class Hello implements HttpService {
    @Override
    public Set<String> probes() {
      return Set.of();
    }

    @Override
    public Set<String> open() {
      return Set.of();
    }

    @Override
    public boolean changesThings() {
      return false;
    }

    @Override
    public Map<String, String> headers() {
      return Map.of();
    }

    @Override
    public Response error(int status, String reason) {
      return Response.text(status, reason);
    }

    @Override
    public Response answer(Request request, boolean trusted) {
      return Response.text(200, "hello");
    }
  }
}
