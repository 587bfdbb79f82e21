package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.it.RightsTable.Right;
import io.sluice.suite.Soak;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code conf/secure.conf} against one broker that asks for a login in each way there is, and
 * allows what {@code docs/security.md} tells to grant and nothing else. One agent has all ways side
 * by side.
 */
final class SecureIT {
  private static final int LINES = Boolean.getBoolean("sluice.soak") ? 20_000 : 1_000;
  private static final Duration TOKEN_LIFE = Duration.ofSeconds(30);
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static final Map<String, String> SECRETS = new LinkedHashMap<>();

  @TempDir static Path shared;
  private static Certificates certificates;
  private static Path brokerKey;
  private static Path clientKey;
  private static Path ca;
  private static TokenService tokens;
  private static SecureBroker broker;
  private static Topics topics;

  @TempDir Path folder;
  private final AgentConfig config = AgentConfig.of();
  private final List<SecurePipe> pipes = new ArrayList<>();
  private FlumeAgent agent;

  @BeforeAll
  static void startBroker() {
    for (String use : List.of("store", "scram", "plain", "oauth", "console", "gateway")) {
      SECRETS.put(use, "planted-" + use + "-" + Long.toHexString(use.hashCode() * 7919L));
    }
    certificates = new Certificates(shared.resolve("tls"), SECRETS.get("store"));
    brokerKey = certificates.keyStore("broker");
    clientKey = certificates.keyStore("mutual");
    ca = certificates.pem("ca", brokerKey);
    tokens = new TokenService("oauth", SECRETS.get("oauth"), TOKEN_LIFE);
    broker =
        new SecureBroker(
            shared.resolve("broker"),
            certificates,
            SECRETS.get("store"),
            brokerKey,
            clientKey,
            Map.of("plain", SECRETS.get("plain")),
            tokens);
    topics = new Topics(broker.broker().bootstrapServers());
    topics.create(SecurePipe.POSITIONS, 1, Map.of("cleanup.policy", "compact"));
  }

  @AfterAll
  static void stopBroker() {
    topics.close();
    broker.close();
    tokens.close();
  }

  @BeforeEach
  void prepareAgent() {
    config.set("a1.configfilters", "env").set("a1.configfilters.env.type", "env");
    agent =
        new FlumeAgent(folder.resolve("agent"))
            .jvm("-Xmx512m", "-XX:+UseSerialGC", "-Dsluice.onInvalidConfig=exit")
            .environment("KAFKA_PASSWORD", SECRETS.get("scram"));
  }

  @AfterEach
  void stopAgent() {
    agent.close();
  }

  /** With the login of the sample, whose user has the pipe's name. */
  private SecurePipe pipe(String name) {
    var pipe = new SecurePipe(name, config, folder);
    String login = config.get(pipe.sink() + ".kafka.producer.sasl.jaas.config");
    pipe.at(broker.broker().bootstrapServers(SecureBroker.LOGIN))
        .with("ssl.truststore.location", ca)
        .with(
            "sasl.jaas.config",
            login.replace("username=\"edge-1\"", "username=\"%s\"".formatted(name)));
    topics.create(pipe.topics().toArray(new String[0]));
    pipes.add(pipe);
    return pipe;
  }

  private static List<AclBinding> rights(SecurePipe pipe) {
    return RightsTable.read().stream()
        .filter(right -> right.operation() != AclOperation.CREATE)
        .map(right -> right.of(pipe, SecurePipe.POSITIONS))
        .toList();
  }

  private void assertEachLineOnce() {
    pipes.forEach(pipe -> pipe.awaitAll(topics));
    assertThat(agent.terminate()).isTrue();
    for (SecurePipe pipe : pipes) {
      int count = pipe.log().lines().size();
      String exactly = "written=%d arrived=%d lost=0 duplicates=0".formatted(count, count);
      System.out.println(pipe.name() + ": " + pipe.rawTally(topics));
      assertThat(pipe.rawTally(topics)).as(pipe.name()).hasToString(exactly);
      assertThat(pipe.judgedTally(topics)).as(pipe.name()).hasToString(exactly);
    }
  }

  /** The short variant of both others. */
  @Test
  void theSampleGoesOnWhenItsLastRightIsGrantedAndShowsNoSecret() throws Exception {
    SecurePipe pipe = pipe("sample");
    broker.scramUser(pipe.name(), SECRETS.get("scram"));
    List<AclBinding> rights = rights(pipe);
    broker.grant(rights.subList(1, rights.size()));
    int console = FreePort.find();
    int gateway = FreePort.find();
    int jmx = FreePort.find();
    gatewayAndConsole(console, gateway, jmx);
    pipe.log().appendReadings(0, LINES);
    agent.start(config);
    awaitMessage(pipe, RightsTable.read().get(0).message());
    broker.grant(rights.subList(0, 1));
    pipe.awaitAll(topics);
    var shown = new LinkedHashMap<String, String>(outputs(console, gateway, jmx));

    assertEachLineOnce();

    shown.put("what the agent prints", agent.log());
    shown.put("the agent's log", String.join("\n", agent.logFile()));
    assertNoSecretIn(shown);
  }

  @Test
  @Soak
  void everyLoginShipsExactlyOnceAndNoSecretIsShown() throws Exception {
    everyLogin();
    int console = FreePort.find();
    int gateway = FreePort.find();
    int jmx = FreePort.find();
    gatewayAndConsole(console, gateway, jmx);
    pipes.forEach(pipe -> pipe.log().appendReadings(0, LINES));
    agent.start(config).awaitLog("console: http");
    pipes.forEach(pipe -> pipe.awaitAll(topics));
    var shown = new LinkedHashMap<String, String>(outputs(console, gateway, jmx));

    agent.kill();
    pipes.forEach(pipe -> pipe.log().appendReadings(LINES, 2 * LINES));
    agent.start(config);
    restarts();
    assertEachLineOnce();

    System.out.println("tokens given: " + tokens.given());
    shown.put("what the agent prints", agent.log());
    shown.put("the agent's log", String.join("\n", agent.logFile()));
    shown.putAll(check());
    assertNoSecretIn(shown);
  }

  /** What {@code docs/security.md} tells to add for tokens out of a service. */
  private void copyOptionalJars(Path to) throws IOException {
    agent.install();
    try (Stream<Path> jars = Files.list(Homes.kafka().resolve("libs"))) {
      for (Path jar : jars.filter(SecureIT::isOptional).toList()) {
        Files.copy(jar, to.resolve(jar.getFileName()));
      }
    }
  }

  private static boolean isOptional(Path jar) {
    String optional = "(jose4j|jackson-(core|databind|annotations))-[0-9.]+jar";
    return jar.getFileName().toString().matches(optional);
  }

  private void everyLogin() throws IOException {
    String module = "org.apache.kafka.common.security.";
    pipe("tls")
        .at(broker.broker().bootstrapServers(SecureBroker.TLS))
        .with("security.protocol", "SSL")
        .without("sasl.mechanism")
        .without("sasl.jaas.config");
    pipe("mutual")
        .at(broker.broker().bootstrapServers(SecureBroker.MUTUAL))
        .with("security.protocol", "SSL")
        .with("ssl.keystore.location", clientKey)
        .with("ssl.keystore.password", "${process['store']}")
        .without("sasl.mechanism")
        .without("sasl.jaas.config");
    Path passwords = folder.resolve("passwords.properties");
    Files.writeString(passwords, "plain=" + SECRETS.get("plain") + "\n");
    pipe("plain")
        .with("sasl.mechanism", "PLAIN")
        .with("config.providers", "file")
        .with(
            "config.providers.file.class",
            "org.apache.kafka.common.config.provider.FileConfigProvider")
        .with(
            "sasl.jaas.config",
            module
                + "plain.PlainLoginModule required username=\"plain\" password=\"${file:%s:plain}\";"
                    .formatted(passwords));
    pipe("scram");
    broker.scramUser("scram", SECRETS.get("scram"));
    pipe("oauth")
        .with("sasl.mechanism", "OAUTHBEARER")
        .with(
            "sasl.login.callback.handler.class",
            module + "oauthbearer.OAuthBearerLoginCallbackHandler")
        .with("sasl.oauthbearer.token.endpoint.url", tokens.tokens())
        .with("sasl.oauthbearer.client.credentials.client.id", "oauth")
        .with("sasl.oauthbearer.client.credentials.client.secret", "${env:OAUTH_SECRET}")
        .with("sasl.jaas.config", module + "oauthbearer.OAuthBearerLoginModule required;");
    pipes.stream()
        .filter(pipe -> !pipe.name().equals("tls"))
        .map(SecureIT::rights)
        .forEach(broker::grant);
    Path script = folder.resolve("secret-of");
    Files.writeString(script, "#!/bin/sh\n[ $1 = store ] && echo " + SECRETS.get("store") + "\n");
    assertThat(script.toFile().setExecutable(true)).isTrue();
    config
        .set("a1.configfilters", "env process")
        .set("a1.configfilters.process.type", "external")
        .set("a1.configfilters.process.command", script);
    copyOptionalJars(folder.resolve("agent/plugins.d/sluice/kafka"));
    agent
        .environment("OAUTH_SECRET", SECRETS.get("oauth"))
        .option("-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + tokens.tokens());
  }

  /**
   * Everything that shows something, at its most talkative but for Jetty's logs: they show tokens.
   */
  private void gatewayAndConsole(int console, int gateway, int jmx) throws IOException {
    config
        .set("a1.sources", config.get("a1.sources") + " http")
        .set("a1.sources.http.type", "io.sluice.gateway.GatewaySource")
        .set("a1.sources.http.channels", pipes.get(0).name())
        .set("a1.sources.http.port", gateway)
        .set("a1.sources.http.token", "${env['GATEWAY_TOKEN']}");
    Path token = folder.resolve("token");
    Files.writeString(token, SECRETS.get("console"));
    Path logging = folder.resolve("log4j2.xml");
    Files.writeString(
        logging,
        Files.readString(Homes.conf().resolve("log4j2.xml"))
            .replaceAll("(?<!jetty\" )level=\"\\w+\"", "level=\"DEBUG\""));
    agent
        .environment("GATEWAY_TOKEN", SECRETS.get("gateway"))
        .logging(logging.toString())
        .option("-Dflume.monitoring.type=io.sluice.console.Console")
        .option("-Dflume.monitoring.port=" + console)
        .option("-Dflume.monitoring.tokenFile=" + token)
        .option("-Dcom.sun.management.jmxremote.port=" + jmx)
        .option("-Dcom.sun.management.jmxremote.host=127.0.0.1")
        .option("-Djava.rmi.server.hostname=127.0.0.1")
        .option("-Dcom.sun.management.jmxremote.authenticate=false")
        .option("-Dcom.sun.management.jmxremote.ssl=false");
  }

  private static void restarts() {
    broker.broker().process().kill();
    broker.broker().start();
    int before = tokens.given();
    await("a token is renewed").until(() -> tokens.given() > before + 2);
  }

  private Map<String, String> outputs(int console, int gateway, int jmx) throws Exception {
    Map<String, String> shown = new LinkedHashMap<>();
    for (String secret : List.of(SECRETS.get("console"), "wrong")) {
      for (String path : List.of("/", "/metrics", "/api/status", "/healthz", "/readyz")) {
        shown.put("console " + path + " " + secret.length(), get(console, path, secret));
      }
    }
    String receiver = "/receiver?topic=" + pipes.get(0).topics().get(0);
    for (String secret : List.of(SECRETS.get("gateway"), "wrong")) {
      for (String path : List.of("/", "/send", "/send?msg=%01", receiver)) {
        shown.put("gateway " + path + " " + secret.length(), get(gateway, path, secret));
      }
    }
    assertThat(shown).hasSize(18);
    SecurePipe gatewaysToo = pipes.get(0);
    gatewaysToo.log().append(new byte[0], List.of(new byte[] {1}));
    gatewaysToo.awaitAll(topics);
    shown.put("JMX", AllBeans.at(jmx));
    return shown;
  }

  private static String get(int port, String path, String token) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
            .header("Authorization", "Bearer " + token)
            .build();
    HttpResponse<String> answer = HTTP.send(request, BodyHandlers.ofString());
    return answer.statusCode() + " " + answer.headers().map() + " " + answer.body();
  }

  /** With every secret in the file itself, which is the worst that a user can do. */
  private Map<String, String> check() throws IOException {
    AgentConfig open = AgentConfig.of();
    for (String key : config.keysUnder("")) {
      open.set(
          key,
          config
              .get(key)
              .replace("${env['KAFKA_PASSWORD']}", SECRETS.get("scram"))
              .replace("${env['GATEWAY_TOKEN']}", SECRETS.get("gateway"))
              .replace("${process['store']}", SECRETS.get("store"))
              .replace("${env:OAUTH_SECRET}", SECRETS.get("oauth"))
              .replaceAll("\\$\\{file:[^}]*}", SECRETS.get("plain")));
    }
    Path good = folder.resolve("good.conf");
    open.writeTo(good);
    Path bad = folder.resolve("bad.conf");
    open.set("a1.sinks.scram.batchDurationMillis", SECRETS.get("scram"))
        .set("a1.sinks.plain.kafka.producer.acks", SECRETS.get("plain"))
        .set("a1.sinks.mutual.kafka.producer.ssl.keystore.password", SECRETS.get("store") + "x")
        .writeTo(bad);
    Map<String, String> shown = new LinkedHashMap<>();
    try (var sluice = new CommandLineTool(folder.resolve("tool"))) {
      String urls = "-Dorg.apache.kafka.sasl.oauthbearer.allowed.urls=" + tokens.tokens();
      sluice.option(urls);
      copyOptionalJars(folder.resolve("tool/sluice/kafka"));
      List<JavaProcess> checks =
          List.of(
              sluice.start("check", "--connect", good.toString()),
              sluice.start("check", "--connect", "--json", bad.toString()),
              sluice.start("check", bad.toString()));
      await("all checks end").until(() -> checks.stream().noneMatch(JavaProcess::isAlive));
      assertThat(checks.get(0).exitCode()).as(checks.get(0).output()).isZero();
      assertThat(checks.get(1).output()).contains("***", "UnrecoverableKeyException");
      assertThat(checks.get(2).output()).contains("batchDurationMillis = \"***\"");
      for (int i = 0; i < checks.size(); i++) {
        shown.put("check " + i, checks.get(i).output());
      }
    }
    return shown;
  }

  private static void assertNoSecretIn(Map<String, String> shown) {
    shown.forEach(
        (where, text) ->
            assertThat(SECRETS.values().stream().filter(text::contains))
                .as("secrets in " + where)
                .isEmpty());
    long characters = shown.values().stream().mapToLong(String::length).sum();
    System.out.printf(
        "%d secrets, %d outputs, %,d characters: no secret shown%n",
        SECRETS.size(), shown.size(), characters);
  }

  @Test
  @Soak
  void aRightThatIsMissingIsNamedAndItsGrantIsEnough() throws IOException {
    Map<SecurePipe, AclBinding> missing = new LinkedHashMap<>();
    Map<SecurePipe, String> messages = new LinkedHashMap<>();
    SecurePipe all = pipe("rights-all");
    broker.grant(rights(all));
    int number = 0;
    for (Right right : RightsTable.read()) {
      SecurePipe pipe = pipe("rights-" + number++);
      boolean creates = right.operation() == AclOperation.CREATE;
      String positions = creates ? pipe.name() + "-positions" : SecurePipe.POSITIONS;
      pipe.set("positionsTopic", positions);
      var granted = new ArrayList<AclBinding>();
      for (Right other : RightsTable.read()) {
        if (!other.equals(right) && other.operation() != AclOperation.CREATE) {
          granted.add(other.of(pipe, positions));
        }
      }
      broker.grant(granted);
      missing.put(pipe, right.of(pipe, positions));
      messages.put(pipe, right.message());
    }
    pipes.forEach(pipe -> broker.scramUser(pipe.name(), SECRETS.get("scram")));
    SecurePipe unknown = pipe("rights-login");
    broker.grant(rights(unknown));
    messages.put(unknown, "SaslAuthenticationException");
    SecurePipe stranger = pipe("rights-certificate");
    broker.grant(rights(stranger));
    broker.scramUser(stranger.name(), SECRETS.get("scram"));
    Path wrong = certificates.pem("wrong", clientKey);
    stranger.with("ssl.truststore.location", wrong);
    messages.put(stranger, "SslAuthenticationException");
    pipes.forEach(pipe -> pipe.log().appendReadings(0, LINES));

    agent.start(config);
    messages.forEach(this::awaitMessage);
    all.awaitAll(topics);
    broker.grant(missing.values());
    broker.scramUser(unknown.name(), SECRETS.get("scram"));
    Files.copy(ca, wrong, StandardCopyOption.REPLACE_EXISTING);

    assertEachLineOnce();
    assertThat(agent.log().lines().filter(line -> line.contains(" ERROR ")))
        .as("only Kafka's client calls it an error")
        .noneMatch(line -> line.contains("sink '") || line.contains("source '"));
  }

  private void awaitMessage(SecurePipe pipe, String message) {
    await(pipe.name() + " says " + message)
        .pollInterval(Duration.ofMillis(100))
        .untilAsserted(() -> assertThat(said(pipe)).anyMatch(line -> line.contains(message)));
    said(pipe).filter(line -> line.contains(message)).limit(1).forEach(System.out::println);
  }

  private Stream<String> said(SecurePipe pipe) {
    return agent.log().lines().filter(line -> line.contains("sink '" + pipe.name() + "': "));
  }
}
