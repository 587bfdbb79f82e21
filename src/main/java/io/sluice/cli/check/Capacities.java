package io.sluice.cli.check;

import io.sluice.config.Problems;
import io.sluice.config.Setting;
import io.sluice.config.Settings;
import io.sluice.config.Values;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Compares batches with the channel that has to take them whole. */
final class Capacities {
  private static final Set<String> BATCH_KEYS =
      Set.of("batchSize", "flumeBatchSize", "batch-size", "sink.batchSize");

  private final Catalogue catalogue;
  private final Findings findings;
  private final Plans plans;

  Capacities(Catalogue catalogue, Findings findings, Plans plans) {
    this.catalogue = catalogue;
    this.findings = findings;
    this.plans = plans;
  }

  void check(Agent agent, Wiring wiring) {
    for (Component channel : agent.all(Kind.CHANNEL)) {
      OptionalInt transaction = number(channel, Set.of("transactionCapacity"));
      OptionalInt capacity = number(channel, Set.of("capacity"));
      if (transaction.isEmpty()) {
        continue;
      }
      int most = transaction.getAsInt();
      if (capacity.isPresent() && most > capacity.getAsInt()) {
        findings.error(
            channel,
            channel.entries().containsKey("transactionCapacity")
                ? "transactionCapacity"
                : "capacity",
            "transactionCapacity (%d) is more than capacity (%d); Flume refuses the channel."
                .formatted(most, capacity.getAsInt()));
      }
      wiring.sourcesOf(channel).forEach(source -> compare(source, channel, most));
      wiring.sinksOf(channel).forEach(sink -> compare(sink, channel, most));
    }
  }

  private void compare(Component component, Component channel, int most) {
    Optional<Integer> ours =
        plans
            .source(component)
            .map(plan -> plan.batchSize())
            .or(() -> plans.sink(component).map(config -> config.batchSize()));
    String key = component.kind() == Kind.SOURCE ? "batchSize" : "flumeBatchSize";
    if (ours.isPresent()) {
      // A sink's batch takes several transactions of a memory channel. A default is meant to be cut
      // down to what the channel takes.
      boolean meant = component.find(key).filter(ours.get().toString()::equals).isPresent();
      boolean several = component.kind() == Kind.SINK && channel.isMemoryChannel();
      if (ours.get() > most && meant && !several) {
        findings.warn(
            component,
            key,
            "%s (%d) is more than transactionCapacity (%d) of channel '%s'; batches are cut down to that."
                .formatted(key, ours.get(), most, channel.name()));
      }
      return;
    }
    OptionalInt batch = number(component, BATCH_KEYS);
    if (batch.isPresent() && batch.getAsInt() > most) {
      String given =
          BATCH_KEYS.stream()
              .filter(component.entries()::containsKey)
              .findFirst()
              .orElse("the batch size");
      findings.error(
          component,
          given,
          "%s (%d) is more than transactionCapacity (%d) of channel '%s'; Flume refuses the %s."
              .formatted(given, batch.getAsInt(), most, channel.name(), component.kind().label()));
    }
  }

  /** What is given or the default; empty if the component has no such key, or a place-holder. */
  private OptionalInt number(Component component, Set<String> keys) {
    Optional<Settings> settings =
        catalogue.find(component.kind(), component.type()).flatMap(Catalogue.Type::settings);
    if (settings.isEmpty() || keys.stream().anyMatch(component::isPlaceholder)) {
      return OptionalInt.empty();
    }
    Values values = settings.get().parse(component.values(), new Problems("told elsewhere"));
    for (Setting<?> setting : settings.get().list()) {
      if (keys.contains(setting.key())
          && values.find(setting).orElse(null) instanceof Integer number) {
        return OptionalInt.of(number);
      }
    }
    return OptionalInt.empty();
  }
}
