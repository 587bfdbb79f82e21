package io.sluice.source;

import org.apache.flume.instrumentation.SourceCounterMBean;

/** What a {@link LogFileSource} shows through JMX, beside what every Flume source does. */
public interface LogFileSourceCounterMBean extends SourceCounterMBean {
  /** Lines that the channel has accepted. */
  long getLineCount();

  /** Bytes of those lines, without terminators. */
  long getByteCount();
}
