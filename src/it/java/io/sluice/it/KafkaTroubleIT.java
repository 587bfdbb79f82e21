package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static io.sluice.suite.Patience.pass;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.AlterConfigOp.OpType;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.quota.ClientQuotaAlteration;
import org.apache.kafka.common.quota.ClientQuotaEntity;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.io.TempDir;

/** A broker that is there and does not do what it should: shipping goes on by itself afterwards. */
final class KafkaTroubleIT {

  @TempDir static Path brokerFolder;
  private static KafkaBroker broker;
  private static Admin admin;

  @TempDir Path folder;
  private Pipeline pipeline;

  @BeforeAll
  static void startBroker() {
    broker =
        new KafkaBroker(brokerFolder.resolve("broker"))
            .with("auto.create.topics.enable", "false")
            .with(
                "authorizer.class.name", "org.apache.kafka.metadata.authorizer.StandardAuthorizer")
            .with("allow.everyone.if.no.acl.found", "true")
            .with("transaction.abort.timed.out.transaction.cleanup.interval.ms", "500")
            .start();
    admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
  }

  @AfterAll
  static void stopBroker() {
    admin.close();
    broker.close();
  }

  @BeforeEach
  void createTopics(TestInfo test) {
    pipeline =
        new Pipeline("log-to-kafka.conf", folder, broker.bootstrapServers())
            .prefixTopics(test.getTestMethod().orElseThrow().getName() + "-")
            .createTopics();
    pipeline.log().appendReadings(0, 5_000);
  }

  @AfterEach
  void close() {
    pipeline.close();
  }

  private void assertEachLineOnce() {
    int count = pipeline.log().lines().size();
    pipeline.awaitAll();
    String exactly = "written=%d arrived=%d lost=0 duplicates=0".formatted(count, count);
    assertThat(pipeline.rawTally()).hasToString(exactly);
    assertThat(pipeline.judgedTally()).hasToString(exactly);
    assertThat(pipeline.agent().log().lines().filter(line -> line.contains(" ERROR "))).isEmpty();
  }

  @Test
  void rightsTakenAwayAndGivenBack() throws Exception {
    pipeline.start().awaitAll();
    var topic = new ResourcePattern(ResourceType.TOPIC, pipeline.valid(), PatternType.LITERAL);
    var nobody = new AccessControlEntry("User:*", "*", AclOperation.WRITE, AclPermissionType.DENY);
    var denial = new AclBinding(topic, nobody);
    admin.createAcls(List.of(denial)).all().get();
    pipeline.log().appendReadings(5_000, 10_000);
    pipeline.agent().awaitLog("TopicAuthorizationException");

    admin.deleteAcls(List.of(denial.toFilter())).all().get();

    assertEachLineOnce();
  }

  /** Then nobody knows how large a record the topic takes until the broker refuses one. */
  @Test
  void aTopicWhoseConfigurationMayNotBeSeen() throws Exception {
    var raw = new ConfigResource(ConfigResource.Type.TOPIC, pipeline.raw());
    var limit = new AlterConfigOp(new ConfigEntry("max.message.bytes", "20000"), OpType.SET);
    admin.incrementalAlterConfigs(Map.of(raw, List.of(limit))).all().get();
    var topic = new ResourcePattern(ResourceType.TOPIC, pipeline.raw(), PatternType.LITERAL);
    for (AccessControlEntry entry :
        List.of(
            new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.ALLOW),
            new AccessControlEntry(
                "User:*", "*", AclOperation.DESCRIBE_CONFIGS, AclPermissionType.DENY))) {
      admin.createAcls(List.of(new AclBinding(topic, entry))).all().get();
    }
    pipeline.log().append("value=15 " + Noise.text(30_000)).appendReadings(5_001, 10_000);

    pipeline.start().topics().awaitCount(pipeline.raw(), 9_999);

    assertThat(pipeline.agent().terminate()).isTrue();
    assertThat(pipeline.agent().log()).contains("the limit of topic '" + pipeline.raw());
    assertThat(pipeline.rawTally()).hasToString("written=10000 arrived=9999 lost=1 duplicates=0");
    assertThat(pipeline.judgedTally())
        .as("all lines, and the description of one")
        .hasToString("written=10000 arrived=10001 lost=0 duplicates=1");
  }

  /** No agent runs here: both programs ask before they begin. */
  @Test
  void theCommandLineNamesTheRightsThatAreMissing() throws Exception {
    var nobody = new AccessControlEntry("User:*", "*", AclOperation.ALL, AclPermissionType.DENY);
    var viewer =
        new AccessControlEntry("User:*", "*", AclOperation.DESCRIBE, AclPermissionType.ALLOW);
    var ids =
        new ResourcePattern(ResourceType.TRANSACTIONAL_ID, "theCommand", PatternType.PREFIXED);
    var sinkIds =
        new ResourcePattern(ResourceType.TRANSACTIONAL_ID, "sluice-theC", PatternType.PREFIXED);
    var topic = new ResourcePattern(ResourceType.TOPIC, pipeline.valid(), PatternType.LITERAL);
    List<AclBinding> rights =
        List.of(
            new AclBinding(ids, nobody),
            new AclBinding(sinkIds, nobody),
            new AclBinding(topic, viewer));
    admin.createAcls(rights).all().get();
    try (var sluice = new CommandLineTool(folder.resolve("tool"))) {
      Path conf = folder.resolve("agent.conf");
      pipeline.config().writeTo(conf);
      JavaProcess check = sluice.start("check", "--connect", conf.toString());
      JavaProcess streams =
          sluice.streams(
              Map.of(
                  "kafka.bootstrap.servers", broker.bootstrapServers(),
                  "applicationId", "theCommandLine",
                  "topics.raw", pipeline.raw(),
                  "topics.valid", pipeline.valid(),
                  "topics.invalid", pipeline.invalid()));
      await("both end").until(() -> !check.isAlive() && !streams.isAlive());

      assertThat(streams.exitCode()).isEqualTo(1);
      assertThat(streams.output())
          .contains(
              "transactions are not allowed: this client may not use the transactional.id"
                  + " \"theCommandLine-start\"");
      assertThat(check.exitCode()).isEqualTo(1);
      assertThat(check.output())
          .contains("this client has no right WRITE on topic '" + pipeline.valid() + "'.")
          .contains("this client may not use the transactional.id \"sluice-theC")
          .contains("2 errors, no warnings");
    } finally {
      admin.deleteAcls(rights.stream().map(AclBinding::toFilter).toList()).all().get();
    }
  }

  @Test
  void aBrokerThatPauses() {
    pipeline.start().awaitAll();
    broker.process().pause();
    pipeline.log().appendReadings(5_000, 10_000);
    pass(Duration.ofSeconds(8));

    broker.process().resume();

    assertEachLineOnce();
  }

  @Test
  void aQuotaOnTheClient() throws Exception {
    var client = new ClientQuotaEntity(Map.of(ClientQuotaEntity.CLIENT_ID, "sluice-kafka"));
    setQuota(client, 150_000.0);
    pipeline.log().appendReadings(5_000, 20_000);

    pipeline.start();

    assertEachLineOnce();
    setQuota(client, null);
  }

  private static void setQuota(ClientQuotaEntity client, Double bytesPerSecond) throws Exception {
    var rate = new ClientQuotaAlteration.Op("producer_byte_rate", bytesPerSecond);
    var alteration = new ClientQuotaAlteration(client, List.of(rate));
    admin.alterClientQuotas(List.of(alteration)).all().get();
  }
}
