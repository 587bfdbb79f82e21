package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import com.sun.net.httpserver.HttpServer;
import io.sluice.suite.Needs;
import io.sluice.suite.Tool;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * One agent with two gateways: one that anybody on this machine may use, and one for other machines
 * with TLS and a token. A real browser tries to send through the first.
 */
final class HttpIT {
  private static final String TOKEN = "a-token-of-the-test";
  private static final String PASSWORD = "a-password-of-the-test";
  private static final int OPEN = FreePort.find();
  private static final int SEALED = FreePort.find();
  private static final int CONSOLE = FreePort.find();

  /** All of them lead to this machine, as a page's own name does after rebinding. */
  private static final List<String> NAMES =
      List.of("127.0.0.1", "localhost", "evil.example", "facade.de", "bad.cafe");

  /** Everything that a page can have a browser send, and the word that each sends. */
  private static final String PAGE =
      """
      <!doctype html><body><script>
      function attack(base, policy) {
        const url = word => base + '/send?msg=' + word;
        const done = [];
        const add = (tag, set) => done.push(new Promise(ok => {
          const element = document.createElement(tag);
          element.referrerPolicy = policy;
          set(element);
          document.body.append(element);
          element.onload = element.onerror = ok;
        }));
        add('img', e => e.src = url('image'));
        add('script', e => e.src = url('script'));
        add('link', e => { e.rel = 'stylesheet'; e.href = url('style'); });
        add('iframe', e => e.src = url('frame'));
        for (const method of ['get', 'post']) {
          const name = method + Math.random();
          add('iframe', e => e.name = name);
          const form = document.createElement('form');
          form.action = url('form-' + method);
          form.method = method;
          form.target = name;
          form.innerHTML = '<input name=msg value=form>';
          document.body.append(form);
          form.submit();
        }
        for (const mode of ['no-cors', 'cors']) {
          for (const method of ['GET', 'POST']) {
            const body = method === 'POST' ? 'posted' : undefined;
            done.push(fetch(url('fetch'), {mode, method, body, referrerPolicy: policy}).catch(() => 0));
          }
        }
        navigator.sendBeacon(url('beacon'), 'beacon');
        const patience = new Promise(ok => setTimeout(ok, 10000));
        return Promise.race([Promise.all(done), patience]).then(() => done.length);
      }
      </script>
      """;

  @TempDir static Path folder;
  private static Certificates certificates;
  private static FlumeAgent agent;

  @BeforeAll
  static void start() throws IOException {
    certificates = new Certificates(folder.resolve("tls"), PASSWORD);
    Path store = secret("in-use.p12", Files.readAllBytes(certificates.keyStore("before")));
    agent = new FlumeAgent(folder.resolve("agent"));
    agent.option("-Dflume.monitoring.type=io.sluice.console.Console");
    agent.option("-Dflume.monitoring.port=" + CONSOLE);
    agent.start(
        AgentConfig.of(
            "a1.sources = open sealed",
            "a1.channels = memory",
            "a1.sinks = null",
            "a1.sources.open.type = io.sluice.gateway.GatewaySource",
            "a1.sources.open.channels = memory",
            "a1.sources.open.port = " + OPEN,
            "a1.sources.sealed.type = io.sluice.gateway.GatewaySource",
            "a1.sources.sealed.channels = memory",
            "a1.sources.sealed.bind = 0.0.0.0",
            "a1.sources.sealed.port = " + SEALED,
            "a1.sources.sealed.tokenFile = " + secret("token", TOKEN.getBytes(UTF_8)),
            "a1.sources.sealed.tls.certificateFile = " + store,
            "a1.sources.sealed.tls.passwordFile = " + secret("password", PASSWORD.getBytes(UTF_8)),
            "a1.channels.memory.type = memory",
            "a1.sinks.null.type = null",
            "a1.sinks.null.channel = memory"));
    agent.awaitLog("source 'open': listens on http://127.0.0.1:" + OPEN);
    agent.awaitLog("source 'sealed': listens on https://0.0.0.0:" + SEALED);
    agent.awaitLog("console: http://127.0.0.1:" + CONSOLE);
  }

  private static Path secret(String name, byte[] content) throws IOException {
    Path file = Files.write(folder.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  @AfterAll
  static void stop() {
    agent.close();
  }

  private static HttpResponse<String> get(HttpClient client, String url, String... headers)
      throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(20));
    return client.send(
        (headers.length == 0 ? request : request.headers(headers)).build(),
        BodyHandlers.ofString());
  }

  /** What the counter shows now: the console may answer with what it read a moment ago. */
  private static long source(String counter) {
    long asked = System.currentTimeMillis();
    JsonObject fresh =
        await("a fresh look at the agent")
            .until(HttpIT::status, status -> status.get("time").getAsLong() > asked);
    for (var each : fresh.getAsJsonArray("sources")) {
      if (each.getAsJsonObject().get("name").getAsString().equals("open")) {
        return each.getAsJsonObject().get(counter).getAsLong();
      }
    }
    throw new IllegalStateException("no source 'open' in " + fresh);
  }

  private static JsonObject status() throws IOException, InterruptedException {
    String url = "http://127.0.0.1:" + CONSOLE + "/api/status";
    return JsonParser.parseString(get(HttpClient.newHttpClient(), url).body()).getAsJsonObject();
  }

  @Test
  @Needs(Tool.CHROMIUM)
  void noPageInABrowserReachesTheGateway() throws Exception {
    String rules =
        "--host-resolver-rules=MAP *.example 127.0.0.1,MAP facade.de 127.0.0.1,MAP bad.cafe"
            + " 127.0.0.1";
    HttpServer attacker =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    attacker.createContext(
        "/",
        exchange -> {
          exchange.getResponseHeaders().add("Content-Type", "text/html");
          exchange.sendResponseHeaders(200, PAGE.length());
          exchange.getResponseBody().write(PAGE.getBytes(UTF_8));
          exchange.close();
        });
    attacker.start();
    try (Browser browser = new Browser(rules)) {
      browser.open("http://attacker.example:" + attacker.getAddress().getPort() + "/");
      for (String name : NAMES) {
        for (String policy : List.of("unsafe-url", "no-referrer")) {
          long before = source("refusedRequestCount");
          String base = "http://" + name + ":" + OPEN;
          int sent = browser.evaluate("attack('%s', '%s')".formatted(base, policy)).getAsInt();
          long refused = source("refusedRequestCount") - before;
          System.out.printf(
              "HttpIT %s, %s: %d kinds sent, %d requests refused, %d accepted%n",
              name, policy, sent, refused, source("eventAcceptedCount"));
          assertThat(refused).as(name).isPositive();
        }
      }
      // The answer is a document of that name: what it fetches is of the same origin.
      for (String name : NAMES) {
        browser.open("http://" + name + ":" + OPEN + "/send?msg=link");
        int status =
            browser.evaluate("fetch('/receiver?topic=t').then(answer => answer.status)").getAsInt();
        assertThat(status).as(name).isIn(403, 421);
      }
    } finally {
      attacker.stop(0);
    }
    assertThat(source("eventAcceptedCount")).isZero();
    String rightful = "http://localhost:" + OPEN + "/send?msg=program";
    assertThat(get(HttpClient.newHttpClient(), rightful).statusCode()).isEqualTo(200);
    assertThat(source("eventAcceptedCount")).isEqualTo(1);
  }

  @Test
  void otherMachinesNeedTlsAndTheToken() throws Exception {
    HttpClient before = trusting(folder.resolve("tls/before.p12"));
    String url = "https://localhost:" + SEALED + "/send?msg=15";

    assertThat(get(before, url).statusCode()).isEqualTo(401);
    assertThat(get(before, url, "Authorization", "Bearer " + TOKEN).statusCode()).isEqualTo(200);

    Path renewed = secret("renewed.p12", Files.readAllBytes(certificates.keyStore("after")));
    Files.move(renewed, folder.resolve("in-use.p12"), StandardCopyOption.REPLACE_EXISTING);
    agent.awaitLog("source 'sealed': TLS certificate");

    await("the new certificate")
        .ignoreExceptions()
        .until(
            () ->
                get(
                            trusting(folder.resolve("tls/after.p12")),
                            url,
                            "Authorization",
                            "Bearer " + TOKEN)
                        .statusCode()
                    == 200);
  }

  private static HttpClient trusting(Path store) throws Exception {
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      trusted.load(in, PASSWORD.toCharArray());
    }
    KeyStore certificate = KeyStore.getInstance("PKCS12");
    certificate.load(null, null);
    certificate.setCertificateEntry("server", trusted.getCertificate("key"));
    var trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(certificate);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trust.getTrustManagers(), null);
    return HttpClient.newBuilder().sslContext(context).build();
  }
}
