package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.sink.RoutingKafkaSink;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.flume.Context;
import org.apache.flume.Event;
import org.apache.flume.Sink;
import org.apache.flume.SinkProcessor;
import org.apache.flume.Transaction;
import org.apache.flume.channel.MemoryChannel;
import org.apache.flume.event.EventBuilder;
import org.apache.flume.sink.FailoverSinkProcessor;
import org.apache.flume.sink.LoadBalancingSinkProcessor;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclBindingFilter;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Kafka does not take: nothing else is lost or repeated for it, and the sink goes on. */
@Timeout(120)
final class RefusalIT {
  private static final int MANY = 10_000;

  private final MemoryChannel channel = new MemoryChannel();
  private final RoutingKafkaSink sink = new RoutingKafkaSink();
  private final Topics topics = new Topics(SharedBroker.bootstrapServers());
  private final Map<String, String> settings = new HashMap<>();
  private String prefix;

  @BeforeEach
  void name(TestInfo test) {
    prefix =
        test.getTestMethod().orElseThrow().getName()
            + Math.abs(test.getDisplayName().hashCode())
            + "-";
    settings.put("kafka.bootstrap.servers", SharedBroker.bootstrapServers());
  }

  @AfterEach
  void close() {
    sink.stop();
    channel.stop();
    topics.close();
  }

  @Test
  void aTopicThatComesLateLosesNothing() {
    settings.put("kafka.producer.max.block.ms", "1500");
    settings.put("kafka.topic", prefix + "late");
    settings.put("defaultPartitionId", "0");
    start("at-least-once");
    put(event("one"));
    process(2);
    put(event("two"));
    process(2);
    topics.create(prefix + "late");
    put(event("three"));
    process(6);
    assertThat(bodies("late")).containsExactly("one", "two", "three");
  }

  @Test
  void aRefusalDoesNotHideThatAnotherRecordWasNotSent() {
    topics.create(prefix + "plain");
    settings.put("kafka.producer.max.block.ms", "1500");
    settings.put("kafka.topic", prefix + "plain");
    settings.put("partitionIdHeader", "p");
    start("at-least-once");
    put(
        event("poison", Map.of("topic", "no such/topic name")),
        event("late", Map.of("topic", prefix + "late", "p", "0")),
        event("three"));
    process(3);
    topics.create(prefix + "late");
    process(5);
    assertThat(bodies("late")).containsExactly("late");
    assertThat(bodies("plain")).containsExactly("three");
  }

  @Test
  void onlyWhatFailedIsSentAgain() throws Exception {
    topics.create(prefix + "raw", prefix + "valid", prefix + "invalid");
    settings.put("topics.raw", prefix + "raw");
    settings.put("topics.valid", prefix + "valid");
    settings.put("topics.invalid", prefix + "invalid");
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", SharedBroker.bootstrapServers()))) {
      AclBinding denial = denial(prefix + "valid");
      admin.createAcls(List.of(denial)).all().get();
      await("the right is taken").until(() -> denied(admin));
      start("at-least-once");
      put(lines(100));
      await("records arrive in the other topic")
          .untilAsserted(
              () -> {
                process(1);
                assertThat(bodies("raw")).isNotEmpty();
              });
      process(3);
      admin.deleteAcls(List.of(denial.toFilter())).all().get();
      await("the records arrive")
          .untilAsserted(
              () -> {
                process(1);
                assertThat(bodies("valid")).hasSize(100);
              });
      assertThat(bodies("raw")).as("once, not with each try").hasSize(100);
    }
  }

  private static boolean denied(Admin admin) throws Exception {
    return !admin.describeAcls(AclBindingFilter.ANY).values().get().isEmpty();
  }

  private static AclBinding denial(String topic) {
    return new AclBinding(
        new ResourcePattern(ResourceType.TOPIC, topic, PatternType.LITERAL),
        new AccessControlEntry("User:*", "*", AclOperation.WRITE, AclPermissionType.DENY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void escapesInTheInvalidTopicAreFilledInForDeadLetters(String guarantee) {
    topics.create(prefix + "raw", prefix + "valid", prefix + "raw-invalid");
    settings.put("topics.raw", prefix + "raw");
    settings.put("topics.valid", prefix + "valid");
    settings.put("topics.invalid", prefix + "%{kind}-invalid");
    settings.put("partitionIdHeader", "p");
    start(guarantee);
    put(event("one"), event("poison", Map.of("p", "seven")), event("three"));
    process(4);
    assertThat(bodies("raw")).containsExactly("one", "three");
    assertThat(bodies("raw-invalid")).containsExactly("poison");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void anImpossibleTopicNameWithAPartitionStopsNobody(String guarantee) {
    topics.create(prefix + "plain");
    settings.put("kafka.topic", prefix + "plain");
    settings.put("defaultPartitionId", "0");
    start(guarantee);
    put(event("one"), event("poison", Map.of("topic", "no such/topic name")), event("three"));
    process(4);
    assertThat(bodies("plain")).containsExactly("one", "three");
  }

  /** Kafka 4 refuses a record whose time is more than an hour ahead of the broker's clock. */
  @ParameterizedTest
  @ValueSource(
      strings = {"at-least-once 1", "exactly-once 1", "at-least-once 10", "exactly-once 10"})
  void timesInTheFutureAreFoundAmongManyRecords(String life) {
    int culprits = Integer.parseInt(life.split(" ")[1]);
    topics.create(prefix + "raw", prefix + "valid", prefix + "invalid");
    settings.put("topics.raw", prefix + "raw");
    settings.put("topics.valid", prefix + "valid");
    settings.put("topics.invalid", prefix + "invalid");
    settings.put("timestampHeader", "t");
    start(life.split(" ")[0]);
    String future = Long.toString(System.currentTimeMillis() + 86_400_000L);
    Event[] events = lines(MANY);
    for (int i = 0; i < culprits; i++) {
      events[i * MANY / culprits + 499] = event("poison " + i, Map.of("t", future));
    }
    put(events);
    long begin = System.nanoTime();
    processUntilEmpty();
    System.out.printf("%s among %d: %d ms%n", life, MANY, (System.nanoTime() - begin) / 1_000_000);
    assertThat(bodies("raw")).hasSize(MANY - culprits).doesNotHaveDuplicates();
    assertThat(bodies("valid")).hasSize(MANY - culprits).doesNotHaveDuplicates();
    assertThat(bodies("invalid")).hasSize(2 * culprits);
  }

  /**
   * To a topic that takes no time that has passed, every clock is wrong. Without transactions,
   * whose markers it would refuse too.
   */
  @Test
  void aTimeThatNoEventBroughtIsWaitedFor() {
    topics.create(prefix + "raw", 1, Map.of("message.timestamp.before.max.ms", "0"));
    topics.create(prefix + "valid", prefix + "invalid");
    settings.put("topics.raw", prefix + "raw");
    settings.put("topics.valid", prefix + "valid");
    settings.put("topics.invalid", prefix + "invalid");
    start("at-least-once");
    put(lines(20));
    process(3);
    topics.set(prefix + "raw", "message.timestamp.before.max.ms", "86400000");
    processUntilEmpty();
    assertThat(bodies("raw")).hasSize(20).doesNotHaveDuplicates();
    assertThat(bodies("valid")).hasSize(20).doesNotHaveDuplicates();
    assertThat(bodies("invalid")).isEmpty();
  }

  /** Every record of theirs is refused: without a key, on a compacted topic. */
  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void recordsWithoutAKeyOnACompactedTopicStopNobody(String guarantee) {
    topics.create(prefix + "invalid");
    topics.create(prefix + "compacted", 1, Map.of("cleanup.policy", "compact"));
    settings.put("topics.raw", prefix + "compacted");
    settings.put("topics.invalid", prefix + "invalid");
    start(guarantee);
    put(event("one", Map.of("key", "k")), event("no key"), event("three", Map.of("key", "l")));
    processUntilEmpty();
    assertThat(bodies("compacted")).containsExactly("one", "three");
    assertThat(bodies("invalid")).containsExactly("no key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void aDeadLetterThatIsRefusedTooEndsInTheLog(String guarantee) {
    Map<String, String> tiny = Map.of("max.message.bytes", "300");
    topics.create(prefix + "raw", 1, tiny);
    topics.create(prefix + "invalid", 1, tiny);
    settings.put("topics.raw", prefix + "raw");
    settings.put("topics.invalid", prefix + "invalid");
    start(guarantee);
    put(event("one"), event(Noise.text(2_000)), event("three"));
    processUntilEmpty();
    assertThat(bodies("raw")).containsExactly("one", "three");
    assertThat(bodies("invalid"))
        .as("one and three, which nobody judged, and a short letter")
        .hasSizeLessThan(4);
  }

  @ParameterizedTest
  @ValueSource(strings = {"at-least-once", "exactly-once"})
  void aHeaderWithoutAValueIsADeadLetterInAvro(String guarantee) {
    topics.create(prefix + "raw");
    settings.put("useFlumeEventFormat", "true");
    settings.put("topics.raw", prefix + "raw");
    start(guarantee);
    Event odd = event("odd");
    odd.getHeaders().put("h", null);
    put(event("one"), odd, event("three"));
    processUntilEmpty();
    assertThat(topics.values(prefix + "raw")).hasSize(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"failover", "load_balance"})
  void aGroupMovesOnWhenTheFirstBrokerIsDead(String kind) throws Exception {
    topics.create(prefix + "raw");
    settings.put("kafka.producer.max.block.ms", "1500");
    settings.put("topics.raw", prefix + "raw");
    start("at-least-once");
    var dead = new RoutingKafkaSink();
    var deadSettings = new HashMap<>(settings);
    deadSettings.put("kafka.bootstrap.servers", "127.0.0.1:1");
    dead.setName("dead");
    dead.configure(new Context(deadSettings));
    dead.setChannel(channel);
    dead.start();
    put(lines(300));
    SinkProcessor group = group(kind, dead);
    await("the other sink delivers")
        .pollInSameThread()
        .until(
            () -> {
              group.process();
              return bodies("raw").size() >= 300;
            });
    dead.stop();
    assertThat(bodies("raw")).hasSize(300).doesNotHaveDuplicates();
  }

  private SinkProcessor group(String kind, RoutingKafkaSink dead) {
    if (kind.equals("failover")) {
      var group = new FailoverSinkProcessor();
      group.setSinks(List.<Sink>of(dead, sink));
      group.configure(new Context(Map.of("priority.dead", "10", "priority.kafka", "5")));
      return group;
    }
    var group = new LoadBalancingSinkProcessor();
    group.setSinks(List.<Sink>of(dead, sink));
    group.configure(new Context(Map.of("selector", "round_robin")));
    group.start();
    return group;
  }

  private void start(String guarantee) {
    settings.put("guarantee", guarantee);
    if (guarantee.equals("exactly-once")) {
      settings.put("deliveryId", prefix + "id");
    }
    channel.setName(prefix);
    channel.configure(
        new Context(
            Map.of("capacity", "20000", "transactionCapacity", "20000", "keep-alive", "0")));
    channel.start();
    sink.setName("kafka");
    sink.configure(new Context(settings));
    sink.setChannel(channel);
    sink.start();
  }

  private void put(Event... events) {
    Transaction transaction = channel.getTransaction();
    transaction.begin();
    Arrays.asList(events).forEach(channel::put);
    transaction.commit();
    transaction.close();
  }

  private static Event[] lines(int count) {
    return IntStream.range(0, count).mapToObj(i -> event("line " + i)).toArray(Event[]::new);
  }

  private static Event event(String body) {
    return event(body, Map.of());
  }

  private static Event event(String body, Map<String, String> headers) {
    var all = new HashMap<>(headers);
    all.put("validation", "valid");
    all.put("kind", "raw");
    return EventBuilder.withBody(body, UTF_8, all);
  }

  private void process(int times) {
    for (int i = 0; i < times; i++) {
      sink.process();
    }
  }

  /** Until nothing waits in the channel or for another try. */
  private void processUntilEmpty() {
    do {
      process(1);
    } while (sink.undelivered() > 0);
    process(2);
  }

  private List<String> bodies(String topic) {
    return topics.values(prefix + topic).stream().map(body -> new String(body, UTF_8)).toList();
  }
}
