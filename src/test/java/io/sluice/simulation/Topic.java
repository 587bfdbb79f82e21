package io.sluice.simulation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;

/** A topic of the simulated cluster: its partitions, and what they take. */
final class Topic {
  /** A record as it is in the log. */
  static final class Entry {
    final ProducerRecord<byte[], byte[]> record;
    final long millis;
    final Transaction transaction;

    /** A later record of the same key has replaced it. */
    boolean compacted;

    Entry(ProducerRecord<byte[], byte[]> record, long millis, Transaction transaction) {
      this.record = record;
      this.millis = millis;
      this.transaction = transaction;
    }

    boolean isMarker() {
      return record == null;
    }

    boolean isCommitted() {
      return !isMarker() && (transaction == null || transaction.state == State.COMMITTED);
    }
  }

  enum State {
    OPEN,
    COMMITTED,
    ABORTED
  }

  /** One transaction; markers take an offset in each partition that it wrote to. */
  static final class Transaction {
    final long beganNanos;
    final List<List<Entry>> partitions = new ArrayList<>();
    State state = State.OPEN;

    Transaction(long beganNanos) {
      this.beganNanos = beganNanos;
    }

    void add(List<Entry> partition) {
      if (partitions.stream().noneMatch(known -> known == partition)) {
        partitions.add(partition);
      }
    }

    void end(State newState, long millis) {
      if (state == State.OPEN) {
        state = newState;
        partitions.forEach(partition -> partition.add(new Entry(null, millis, this)));
      }
    }
  }

  final String name;
  final List<List<Entry>> partitions = new ArrayList<>();
  final Map<String, String> settings = new HashMap<>();
  boolean denied;

  /** An agent was not allowed to see its settings. */
  boolean unseen;

  Topic(String name, int partitionCount) {
    this.name = name;
    for (int i = 0; i < partitionCount; i++) {
      partitions.add(new ArrayList<>());
    }
    settings.put("max.message.bytes", "1048588");
    settings.put("cleanup.policy", "delete");
    settings.put("message.timestamp.after.max.ms", "3600000");
  }

  int maxMessageBytes() {
    return Integer.parseInt(settings.get("max.message.bytes"));
  }

  boolean isCompacted() {
    return settings.get("cleanup.policy").contains("compact");
  }

  /** Offset before which everything is decided. */
  static int lastStable(List<Entry> partition) {
    for (int i = 0; i < partition.size(); i++) {
      Transaction transaction = partition.get(i).transaction;
      if (transaction != null && transaction.state == State.OPEN) {
        return i;
      }
    }
    return partition.size();
  }

  /** What a reader of committed records sees, partition after partition. */
  List<Entry> committed() {
    List<Entry> all = new ArrayList<>();
    partitions.forEach(
        partition -> partition.stream().filter(Entry::isCommitted).forEach(all::add));
    return all;
  }

  void compact() {
    for (List<Entry> partition : partitions) {
      Map<String, Entry> latest = new HashMap<>();
      for (Entry entry : partition.subList(0, lastStable(partition))) {
        if (entry.isCommitted() && entry.record.key() != null) {
          Entry before = latest.put(new String(entry.record.key()), entry);
          if (before != null) {
            before.compacted = true;
          }
        }
      }
    }
  }
}
