package io.sluice.simulation;

import java.util.List;

/** Mistakes that this code could have, or has had. */
final class PlantedFaults {
  static final List<PlantedFault> ALL =
      List.of(
          fault(
              "a batch given back is taken again in the wrong order",
              "Pairing",
              "returned.addFirst(events.get(i));",
              "returned.addLast(events.get(i));"),
          fault("a batch given back is forgotten", "ChannelReader", "pairing.giveBack(kept);", ""),
          fault(
              "a batch given back begins with the one before it",
              "ChannelReader",
              "  void delivered() {\n    kept.clear();",
              "  void delivered() {"),
          fault(
              "lines that a reload reads again are shipped from the channel too",
              "LogEvent",
              "return origin.ledger().isClosed();",
              "return false;"),
          fault(
              "a source that stops leaves its ledgers open",
              "Ledger",
              "    closed = true;",
              "    closed = false;"),
          fault(
              "the ledger does not learn what was taken",
              "SinkBatch",
              "account.taken(); // what is rolled back now is still to be delivered",
              ""),
          fault(
              "the ledger still counts the lines of the batch before",
              "SinkBatch",
              "    account.clear();",
              ""),
          fault(
              "the position moves over a gap",
              "Ledger",
              "long limit = outstanding.isEmpty() ? Long.MAX_VALUE : outstanding.firstKey();",
              "long limit = Long.MAX_VALUE;"),
          fault(
              "records that nobody has answered for count as delivered",
              "RecordSender",
              "        && acks.areComplete()\n        && acks.firstError() == null;",
              ";"),
          fault(
              "a line of which the shipping threw counts as delivered",
              "RecordSender",
              "        && events.size() == handedOver\n",
              ""),
          fault(
              "a commit of unknown outcome is taken for an abort",
              "Pairing",
              "if (open.batch().equals(lastBatch)) {",
              "if (open.batch().isEmpty()) {"),
          fault(
              "a commit of unknown outcome is taken for done",
              "Pairing",
              "if (open.batch().equals(lastBatch)) {",
              "if (!open.batch().isEmpty()) {"),
          fault(
              "a commit that is not answered counts",
              "Transactions",
              "throw KafkaCall.failed(\"the outcome of a commit is unknown\", e);",
              "return;"),
          fault(
              "positions are not in the transaction",
              "KafkaBatch",
              "transactions.records(positions, name)",
              "transactions.records(java.util.List.of(), name)"),
          fault(
              "positions point to the beginning of what was delivered",
              "Ledger",
              "new Position(source, file, last.end(), last.anchor())",
              "new Position(source, file, last.start(), last.anchor())"),
          fault(
              "the source starts before the positions are read",
              "KafkaConnection",
              "pairing.release(committed.positions());",
              "pairing.release(java.util.List.of());"),
          fault(
              "positions of transactions that were aborted are read",
              "PositionsTopic",
              "\"read_committed\"",
              "\"read_uncommitted\""),
          fault(
              "nobody looks whether another agent owns the delivery id",
              "Transactions",
              "if (again && owner != null && !owner.equals(instance)) {",
              "if (again && owner != null && owner.isEmpty()) {"),
          fault(
              "ack = kafka answers when the sink takes the message",
              "MessageEvent",
              "account.add(receipt::delivered);",
              "receipt.delivered();"),
          fault(
              "an event has no raw record if it is invalid",
              "Router",
              "if (topics.raw() != null) {",
              "if (topics.raw() != null && !Verdicts.of(event).toString().contains(\"Invalid\"))"
                  + " {"),
          fault(
              "dead letters are not sent",
              "RecordSender",
              "give(new Sent(event, count, fate.form(), letter));",
              "fates.delivered(event, count);"),
          fault(
              "a refusal is taken for something that passes",
              "RecordErrors",
              "return kind == Kind.FOR_GOOD || kind == Kind.NEIGHBOR;",
              "return kind == Kind.FOR_GOOD && error == null;"),
          fault(
              "what arrived is sent again with what failed",
              "KafkaBatch",
              "fates.delivered(record.event(), record.count());",
              "fates.of(record.event(), record.count());"),
          fault(
              "the producer stays open", "KafkaConnection", "      shipper.close(patience);\n", ""),
          fault("a timer stays behind", "SinkLoop", "    stallWatch.stop();\n", ""),
          fault(
              "a batch that the channel refused is dropped",
              "SourceLoop",
              "      refused(e);\n      return;",
              "      refused(e);"),
          fault(
              "a batch that the channel took is put again",
              "SourceLoop",
              "    batch.clear();\n    retryMillis",
              "    retryMillis"),
          fault(
              "the position file is not read",
              "Startup",
              "Optional.of(file), file.load()",
              "Optional.of(file), new Loaded(true, List.of(), List.of())"),
          fault(
              "the upper bound of a range does not count",
              "Interval",
              "(side == 0 && !highIncluded)",
              "side == 0"));

  private PlantedFaults() {}

  private static PlantedFault fault(String name, String file, String text, String instead) {
    return new PlantedFault(name, file, text, instead);
  }
}
