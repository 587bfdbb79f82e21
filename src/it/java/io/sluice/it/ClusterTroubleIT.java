package io.sluice.it;

import static io.sluice.suite.Patience.await;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Three brokers, each a controller too, three replicas, at least two of them in sync; one fault
 * after the other while lines flow, and then every line is counted in all three topics. The agents
 * reach the brokers through proxies, which can cut them off. {@code -Psoak} has all faults, both
 * guarantees, and Kafka's own session timeout.
 */
final class ClusterTroubleIT {
  private static final boolean SOAK = Boolean.getBoolean("sluice.soak");
  private static final Duration SESSION = Duration.ofSeconds(SOAK ? 9 : 3);

  /** So long at least does a fault last: until the cluster has noticed it. */
  private static final Duration NOTICED = SESSION.plusSeconds(2);

  /**
   * How long the cluster may take. With {@code -Psoak} a silent broker can owe the coordinator the
   * marker of a transaction, for which brokers wait 30 s, Kafka's {@code request.timeout.ms}.
   */
  private static final Duration PATIENCE = SOAK ? Duration.ofSeconds(30) : SESSION;

  /** How much longer than the cluster itself the agents may take to go on. */
  private static final Duration SLACK = Duration.ofSeconds(20);

  /** How long a fault lasts at least that nobody can get over. */
  private static final Duration OUTAGE = Duration.ofSeconds(SOAK ? 20 : 8);

  @TempDir Path folder;
  private final List<TcpProxy> proxies = new ArrayList<>();
  private final List<Shipment> shipments = new ArrayList<>();
  private final List<Row> rows = new ArrayList<>();
  private KafkaCluster cluster;
  private Leaders leaders;

  /** One fault, from one moment to another, and the lines that were written in between. */
  private record Row(String fault, Shipment shipment, long from, long until, int first, int end) {
    long gapMillis(Shipment.Arrival arrival) {
      return arrival.longestGapMillis(from, until);
    }
  }

  @BeforeEach
  void startCluster() {
    cluster =
        KafkaCluster.onFreePorts(folder, new ClusterShape(3, 3))
            .with("broker.session.timeout.ms", Long.toString(SESSION.toMillis()))
            .with("broker.heartbeat.interval.ms", SOAK ? "2000" : "500");
    for (int number : cluster.numbers()) {
      int listen = FreePort.find();
      var proxy = TcpProxy.to(listen);
      proxies.add(proxy);
      cluster.broker(number).behindProxy(listen, proxy.port());
    }
    cluster.start();
    leaders = new Leaders(cluster.bootstrapServers());
    String servers = proxies.stream().map(TcpProxy::address).collect(Collectors.joining(","));
    shipments.add(new Shipment("exactly-once", folder, cluster, servers));
    if (SOAK) {
      shipments.add(new Shipment("at-least-once", folder, cluster, servers));
    }
    awaitFlow();
  }

  @AfterEach
  void close() {
    shipments.forEach(Shipment::close);
    leaders.close();
    cluster.close();
    proxies.forEach(TcpProxy::close);
  }

  @Test
  void brokersThatFailOneAfterTheOtherAndTwoAtOnceLoseAndRepeatNothing() {
    kill("leader, coordinator and controller in one killed", handOutAllToOne());
    pauseTwo();
    if (SOAK) {
      theOtherFaults();
    }

    List<Shipment.Arrival> arrivals = shipments.stream().map(Shipment::finish).toList();
    rows.forEach(row -> print(row, arrivals.get(shipments.indexOf(row.shipment()))));
    for (int i = 0; i < arrivals.size(); i++) {
      assertThat(arrivals.get(i).readings())
          .asString()
          .startsWith(shipments.get(i).isExactlyOnce() ? "lost=0 duplicates=0" : "lost=0 ");
    }
    if (SOAK) { // Otherwise the machine may have other things to do.
      assertTheGapsAreShort(arrivals);
    }
  }

  private void assertTheGapsAreShort(List<Shipment.Arrival> arrivals) {
    assertThat(rows)
        .allSatisfy(
            row ->
                assertThat(row.gapMillis(arrivals.get(shipments.indexOf(row.shipment()))))
                    .isLessThan(PATIENCE.plus(SLACK).toMillis()));
  }

  private void theOtherFaults() {
    passes("none", () -> {}, () -> {});
    kill("leader of the topics killed", handOut().leader());
    kill("transaction coordinator killed", handOut().coordinator());
    kill("active controller killed", handOut().controller());
    pause("leader of the topics paused", handOut().leader());
    pause("transaction coordinator paused", handOut().coordinator());
    pause("active controller paused", handOut().controller());
    pause("leader, coordinator and controller in one paused", handOutAllToOne());
    rollingRestart();
    killTwo();
    cutOffFromLeader("no connection to the leader", TcpProxy::refuse, TcpProxy::mend);
    cutOffFromLeader("no packet to and from the leader", TcpProxy::stall, TcpProxy::flow);
    cutOffFromCoordinator("no connection to the coordinator", TcpProxy::refuse, TcpProxy::mend);
    cutOffFromCoordinator("no packet to and from the coordinator", TcpProxy::stall, TcpProxy::flow);
    TcpProxy follower = proxyOf(handOut().controller());
    passes("no packet to and from a broker that leads nothing", follower::stall, follower::flow);
  }

  /** Three brokers with one part each. */
  private record Roles(int leader, int coordinator, int controller) {}

  private Roles handOut() {
    leaders.awaitInSync(allTopics());
    int controller = leaders.controller();
    List<Integer> others =
        cluster.numbers().stream().filter(number -> number != controller).toList();
    leaders.hand(shippedTopics(), others.get(0));
    leaders.hand(List.of(Leaders.TRANSACTIONS), others.get(1));
    return new Roles(others.get(0), others.get(1), controller);
  }

  private int handOutAllToOne() {
    leaders.awaitInSync(allTopics());
    int controller = leaders.controller();
    leaders.hand(allTopics(), controller);
    return controller;
  }

  private List<String> shippedTopics() {
    return Stream.concat(
            Stream.of("sluice-positions"), shipments.stream().flatMap(s -> s.topics().stream()))
        .toList();
  }

  private List<String> allTopics() {
    return Stream.concat(Stream.of(Leaders.TRANSACTIONS), shippedTopics().stream()).toList();
  }

  private void kill(String fault, int broker) {
    passes(
        fault, () -> cluster.broker(broker).process().kill(), () -> cluster.broker(broker).start());
  }

  private void pause(String fault, int broker) {
    JavaProcess process = cluster.broker(broker).process();
    passes(fault, process::pause, process::resume);
  }

  private void rollingRestart() {
    passes(
        "rolling restart",
        () ->
            cluster
                .numbers()
                .forEach(
                    number -> {
                      cluster.broker(number).stop();
                      cluster.broker(number).start();
                      leaders.awaitInSync(allTopics());
                    }),
        () -> {});
  }

  private void pauseTwo() {
    Roles roles = handOut();
    List<JavaProcess> processes =
        Stream.of(roles.leader(), roles.controller())
            .map(number -> cluster.broker(number).process())
            .toList();
    lasts(
        "two of three paused",
        () -> processes.forEach(JavaProcess::pause),
        () -> processes.forEach(JavaProcess::resume),
        shipment -> true);
  }

  private void killTwo() {
    Roles roles = handOut();
    List<KafkaBroker> two =
        Stream.of(roles.leader(), roles.controller()).map(cluster::broker).toList();
    lasts(
        "two of three killed",
        () -> two.forEach(broker -> broker.process().kill()),
        () -> {
          two.forEach(KafkaBroker::launch);
          two.forEach(KafkaBroker::awaitUp);
        },
        shipment -> true);
  }

  private void cutOffFromLeader(String fault, Consumer<TcpProxy> begin, Consumer<TcpProxy> end) {
    TcpProxy proxy = proxyOf(handOut().leader());
    lasts(fault, () -> begin.accept(proxy), () -> end.accept(proxy), shipment -> true);
  }

  /** Only transactions need it. */
  private void cutOffFromCoordinator(
      String fault, Consumer<TcpProxy> begin, Consumer<TcpProxy> end) {
    TcpProxy proxy = proxyOf(handOut().coordinator());
    lasts(fault, () -> begin.accept(proxy), () -> end.accept(proxy), Shipment::isExactlyOnce);
  }

  private TcpProxy proxyOf(int broker) {
    return proxies.get(broker - 1);
  }

  /** A fault that the agents get over while it lasts. */
  private void passes(String fault, Runnable begin, Runnable end) {
    List<Integer> first = written();
    long from = System.currentTimeMillis();
    begin.run();
    awaitFlow();
    passUntil(from + NOTICED.toMillis());
    awaitFlow();
    end.run();
    leaders.awaitInSync(allTopics());
    awaitFlow();
    add(fault, from, first);
  }

  /** A fault that some agents get over only when it ends; from there the time counts. */
  private void lasts(String fault, Runnable begin, Runnable end, Predicate<Shipment> waits) {
    List<Integer> first = written();
    List<Long> warnings = shipments.stream().map(Shipment::warnings).toList();
    begin.run();
    passUntil(System.currentTimeMillis() + OUTAGE.toMillis());
    for (int i = 0; SOAK && i < shipments.size(); i++) {
      if (waits.test(shipments.get(i))) {
        shipments.get(i).awaitWarning(warnings.get(i));
      }
    }
    end.run();
    long from = System.currentTimeMillis();
    awaitFlow();
    leaders.awaitInSync(allTopics());
    add(fault + ", after its end", from, first);
  }

  private List<Integer> written() {
    return shipments.stream().map(Shipment::written).toList();
  }

  private void awaitFlow() {
    shipments.forEach(Shipment::awaitFlow);
  }

  private void add(String fault, long from, List<Integer> first) {
    long until = System.currentTimeMillis();
    for (int i = 0; i < shipments.size(); i++) {
      Shipment shipment = shipments.get(i);
      rows.add(new Row(fault, shipment, from, until, first.get(i), shipment.written()));
    }
  }

  private static void print(Row row, Shipment.Arrival arrival) {
    System.out.printf(
        "| %s | %s | %d | %d | %d |%n",
        row.fault(),
        row.shipment().isExactlyOnce() ? "exactly-once" : "at-least-once",
        row.gapMillis(arrival),
        arrival.readings().lost(row.first(), row.end()),
        arrival.readings().duplicates(row.first(), row.end()));
  }

  private static void passUntil(long millis) {
    await("some time").until(() -> System.currentTimeMillis() >= millis);
  }
}
