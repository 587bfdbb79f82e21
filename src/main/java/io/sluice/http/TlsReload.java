package io.sluice.http;

import io.sluice.logging.RepeatingWarning;
import io.sluice.monitoring.CertificateMXBean;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server's TLS, read from its files again when they change. What cannot be used is passed over:
 * the certificate before it stays. Connections that are open keep theirs.
 *
 * <p>Used by the thread that starts the server, then by its timer; the expiry is for any thread.
 */
final class TlsReload implements CertificateMXBean {
  private static final Logger LOG = LoggerFactory.getLogger(TlsReload.class);
  private static final long PERIOD_SECONDS = 2;

  private final String component;
  private final TlsFiles files;
  private final SslContextFactory.Server jetty = new SslContextFactory.Server();
  private final RepeatingWarning trouble = new RepeatingWarning(LOG);
  private String inUse;
  private volatile long expiryMillis;

  private TlsReload(String component, TlsFiles files) throws IOException {
    this.component = component;
    this.files = files;
    try {
      inUse = files.fingerprint();
      jetty.setSslContext(files.context());
      expiryMillis = readExpiry();
    } catch (GeneralSecurityException e) {
      throw new IOException("TLS cannot be set up: " + e.getMessage(), e);
    }
    jetty.setIncludeProtocols("TLSv1.3", "TLSv1.2");
    jetty.setRenegotiationAllowed(false);
    jetty.setNeedClientAuth(files.clientAuthorities().isPresent());
  }

  /** That of {@code config}, if it has any. */
  static Optional<TlsReload> of(HttpConfig config) throws IOException {
    return config.tls().isPresent()
        ? Optional.of(new TlsReload(config.component(), config.tls().get()))
        : Optional.empty();
  }

  SslContextFactory.Server factory() {
    return jetty;
  }

  void watchOn(ScheduledExecutorService timer) {
    @SuppressWarnings("unused") // it ends with the timer
    var look =
        timer.scheduleWithFixedDelay(this::look, PERIOD_SECONDS, PERIOD_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public long getExpiryMillis() {
    return expiryMillis;
  }

  private long readExpiry() throws IOException, GeneralSecurityException {
    return Arrays.stream(files.identity().chain())
        .mapToLong(each -> each.getNotAfter().toInstant().toEpochMilli())
        .min()
        .orElse(Long.MAX_VALUE);
  }

  private void look() {
    try {
      String present = files.fingerprint();
      if (!present.equals(inUse)) {
        SSLContext context = files.context();
        jetty.reload(factory -> factory.setSslContext(context));
        inUse = present;
        expiryMillis = readExpiry();
        trouble.reset();
        LOG.info("{}: TLS certificate {} was read again", component, files.certificate());
      }
    } catch (Exception e) { // Jetty's own signature
      trouble.warn(
          "%s: the changed TLS files cannot be used, the certificate before them stays: %s"
              .formatted(component, e));
    }
  }
}
