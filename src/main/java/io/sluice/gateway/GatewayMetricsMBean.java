package io.sluice.gateway;

import org.apache.flume.instrumentation.SourceCounterMBean;

/** What a {@link GatewaySource} shows through JMX, beside what every Flume source does. */
public interface GatewayMetricsMBean extends SourceCounterMBean {
  /** Requests that the gateway answered 4xx; those that were no HTTP are not among them. */
  long getRefusedRequestCount();

  /** Requests whose messages the channel took and Kafka did not acknowledge in time. */
  long getUnconfirmedRequestCount();

  /** Messages that a rule told to drop while the sender waited for Kafka. */
  long getDroppedMessageCount();

  /** Messages taken off topics. */
  long getTakenMessageCount();
}
