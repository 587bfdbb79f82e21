package io.sluice.monitoring;

/** A server's TLS certificate seen through JMX: {@code type=server}. */
public interface CertificateMXBean {
  /** When the first certificate of its chain expires, in milliseconds since 1970. */
  long getExpiryMillis();
}
