package io.sluice.console;

import static io.sluice.console.Metric.counter;
import static io.sluice.console.Metric.gauge;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * Every plain number that {@code /metrics} shows. The names are public: {@code docs/operating.md}
 * explains them, dashboards and alerts use them.
 */
final class Metrics {
  private static final String RECORDS = "Records that Kafka has acknowledged, by their topic.";
  private static final String LINES = "Lines by verdict.";

  private static final List<Metric> SOURCE =
      List.of(
          counter("source", "LineCount", "sluice_source_lines", "Lines put on the channel."),
          counter("source", "ByteCount", "sluice_source_body_bytes", "Bytes of those lines."),
          counter("source", "RotationCount", "sluice_source_rotations", "Files renamed."),
          counter("source", "TruncationCount", "sluice_source_truncations", "Files truncated."),
          counter("source", "GapCount", "sluice_source_gaps", "Times that bytes were lost unread."),
          counter("source", "LongLineCount", "sluice_source_long_lines", "Lines beyond the bound."),
          counter(
              "source", "DecodeErrorCount", "sluice_source_decode_errors", "Undecodable lines."),
          counter("source", "HoleByteCount", "sluice_source_hole_bytes", "NULs left out."),
          gauge("source", "OpenFileCount", "sluice_source_open_files", "Files held open."),
          gauge("source", "TrackedFileCount", "sluice_source_files", "Files being followed."),
          gauge("source", "LagBytes", "sluice_source_lag_bytes", "Bytes not read yet."),
          gauge("source", "Reading", "sluice_source_reading", "1 once it knows where to continue."),
          gauge("source", "SilentMillis", "sluice_source_silent_seconds", "Since its last step.")
              .fromMillis());

  private static final List<Metric> VALIDATOR =
      List.of(
          counter("validator", "ValidCount", "sluice_validator_lines", LINES)
              .with("verdict", "valid"),
          counter("validator", "InvalidCount", "sluice_validator_lines", LINES)
              .with("verdict", "invalid"),
          counter("validator", "DroppedCount", "sluice_validator_lines", LINES)
              .with("verdict", "dropped"),
          counter(
              "validator",
              "EarlierInvalidCount",
              "sluice_validator_earlier_invalid",
              "Lines that came invalid."),
          counter(
              "validator",
              "ShadowDifferenceCount",
              "sluice_validator_shadow_differences",
              "Lines that the rules on trial send another way."),
          counter(
              "validator",
              "ShadowStricterCount",
              "sluice_validator_shadow_stricter",
              "Valid lines that the rules on trial refuse."),
          counter(
              "validator",
              "ShadowLooserCount",
              "sluice_validator_shadow_looser",
              "Refused lines that the rules on trial find valid."),
          counter(
              "validator",
              "RulesReloadCount",
              "sluice_validator_rules_reloads",
              "Changed rules files taken over."),
          counter(
              "validator",
              "RulesReloadFailureCount",
              "sluice_validator_rules_reload_failures",
              "Changed rules files refused."),
          gauge(
              "validator",
              "RulesFileRefused",
              "sluice_validator_rules_file_refused",
              "1 while older rules are in force than the file has."),
          gauge(
              "validator",
              "Alarm",
              "sluice_validator_alarm",
              "1 while more lines are invalid than allowed."),
          counter("validator", "AlarmCount", "sluice_validator_alarms", "Times that became so."),
          gauge(
              "validator",
              "InvalidRatio",
              "sluice_validator_invalid_ratio",
              "Share of invalid lines that the alarm last saw."));

  private static final List<Metric> SINK =
      List.of(
          counter("sink", "RawRecordCount", "sluice_sink_records", RECORDS).with("topic", "raw"),
          counter("sink", "ValidRecordCount", "sluice_sink_records", RECORDS)
              .with("topic", "valid"),
          counter("sink", "InvalidRecordCount", "sluice_sink_records", RECORDS)
              .with("topic", "invalid"),
          counter("sink", "PlainRecordCount", "sluice_sink_records", RECORDS).with("topic", "all"),
          counter("sink", "BodyByteCount", "sluice_sink_body_bytes", "Bytes delivered."),
          counter(
              "sink",
              "UndeliverableRecordCount",
              "sluice_sink_undeliverable_records",
              "Records that Kafka refused for good."),
          counter(
              "sink",
              "StaleEventCount",
              "sluice_sink_stale_events",
              "Events that their source reads again."),
          counter(
              "sink",
              "ReplacedEventCount",
              "sluice_sink_replaced_events",
              "Events that an interceptor replaced, so that no position moves by them."),
          counter("sink", "RetryCount", "sluice_sink_retries", "Batches put back."),
          counter("sink", "TransactionCommitCount", "sluice_sink_transaction_commits", "Commits."),
          counter("sink", "TransactionAbortCount", "sluice_sink_transaction_aborts", "Aborts."),
          counter("sink", "FencedCount", "sluice_sink_fenced", "Times another took over."),
          counter(
                  "sink",
                  "KafkaWaitMillis",
                  "sluice_sink_kafka_wait_seconds",
                  "Time that batches waited for Kafka.")
              .fromMillis(),
          gauge("sink", "Connected", "sluice_sink_connected", "1 while the way to Kafka is open."),
          gauge("sink", "Refused", "sluice_sink_refused", "1 if it has given up for good."),
          gauge(
              "sink",
              "InFlightEvents",
              "sluice_sink_in_flight_events",
              "Events taken and not acknowledged."),
          gauge(
              "sink",
              "UndeliveredEvents",
              "sluice_sink_undelivered_events",
              "Events put on the channel and not acknowledged."),
          gauge(
                  "sink",
                  "InFlightMillis",
                  "sluice_sink_in_flight_seconds",
                  "Since the oldest of them was read.")
              .fromMillis(),
          gauge(
                  "sink",
                  "WaitingMillis",
                  "sluice_sink_waiting_seconds",
                  "How long Kafka has owed an answer.")
              .fromMillis());

  private static final List<Metric> STREAMS =
      List.of(
          gauge("streams", "Running", "sluice_streams_running", "1 while it checks records."),
          gauge(
              "streams",
              "LagRecords",
              "sluice_streams_lag_records",
              "Records of the raw topic not read yet, of the partition that has most."));

  private static final List<Metric> SERVER =
      List.of(
          gauge(
                  "server",
                  "ExpiryMillis",
                  "sluice_certificate_expiry_seconds",
                  "When the certificate of a server expires, since 1970.")
              .fromMillis());

  private static final List<Metric> FLUME =
      List.of(
          flumes("source", "EventReceivedCount", "events_received"),
          flumes("source", "EventAcceptedCount", "events_accepted"),
          flumes("source", "AppendReceivedCount", "appends_received"),
          flumes("source", "AppendAcceptedCount", "appends_accepted"),
          flumes("source", "AppendBatchReceivedCount", "append_batches_received"),
          flumes("source", "AppendBatchAcceptedCount", "append_batches_accepted"),
          flumes("source", "EventReadFail", "event_read_failures"),
          flumes("source", "ChannelWriteFail", "channel_write_failures"),
          flumes("source", "GenericProcessingFail", "processing_failures"),
          gauge("source", "OpenConnectionCount", "flume_source_open_connections", "By Flume."),
          gauge("channel", "ChannelSize", "flume_channel_size_events", "By Flume."),
          gauge("channel", "ChannelCapacity", "flume_channel_capacity_events", "By Flume."),
          gauge("channel", "ChannelFillPercentage", "flume_channel_fill_percent", "By Flume."),
          flumes("channel", "EventPutAttemptCount", "put_attempts"),
          flumes("channel", "EventPutSuccessCount", "puts"),
          flumes("channel", "EventTakeAttemptCount", "take_attempts"),
          flumes("channel", "EventTakeSuccessCount", "takes"),
          flumes("sink", "ConnectionCreatedCount", "connections_created"),
          flumes("sink", "ConnectionClosedCount", "connections_closed"),
          flumes("sink", "ConnectionFailedCount", "connection_failures"),
          flumes("sink", "BatchEmptyCount", "batches_empty"),
          flumes("sink", "BatchUnderflowCount", "batches_underflow"),
          flumes("sink", "BatchCompleteCount", "batches_complete"),
          flumes("sink", "EventDrainAttemptCount", "event_drain_attempts"),
          flumes("sink", "EventDrainSuccessCount", "events_drained"),
          flumes("sink", "EventWriteFail", "event_write_failures"),
          flumes("sink", "ChannelReadFail", "channel_read_failures"));

  static final List<Metric> ALL =
      Stream.of(SOURCE, VALIDATOR, SINK, STREAMS, SERVER, FLUME).flatMap(List::stream).toList();

  static final String DELAY = "sluice_sink_delay_seconds";
  static final String INVALID = "sluice_validator_invalid";
  static final String FILE_SIZE = "sluice_file_size_bytes";
  static final String FILE_POSITION = "sluice_file_position_bytes";
  static final String FILE_LAG = "sluice_file_lag_bytes";
  static final String ALARM = "sluice_alarm";
  static final String HEAP = "sluice_heap_bytes";
  static final String HEAP_MAX = "sluice_heap_max_bytes";
  static final String START_TIME = "sluice_start_time_seconds";
  static final String CLOCK = "sluice_clock_seconds";
  static final String CPU = "process_cpu_seconds";
  static final String GC = "jvm_gc_collection_seconds";
  static final String INFO = "sluice";

  /** What {@link OtherNumbers} makes of the gateway's counters. */
  private static final List<String> GATEWAY =
      List.of(
          "flume_source_refused_request_count",
          "flume_source_unconfirmed_request_count",
          "flume_source_dropped_message_count",
          "flume_source_taken_message_count");

  private Metrics() {}

  /** Every name as it stands in queries, but for those of components that we know nothing of. */
  static Set<String> names() {
    var names = new TreeSet<String>();
    ALL.forEach(metric -> names.add(metric.fullName()));
    names.addAll(GATEWAY);
    names.addAll(
        List.of(
            DELAY,
            INVALID + "_total",
            FILE_SIZE,
            FILE_POSITION,
            FILE_LAG,
            ALARM,
            HEAP,
            HEAP_MAX,
            START_TIME,
            CLOCK,
            CPU + "_total",
            GC,
            INFO + "_info"));
    return names;
  }

  private static Metric flumes(String kind, String attribute, String name) {
    return counter(kind, attribute, "flume_" + kind + "_" + name, "By Flume.");
  }
}
