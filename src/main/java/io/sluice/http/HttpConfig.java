package io.sluice.http;

import io.sluice.config.Problems;
import io.sluice.config.Values;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Optional;

/**
 * Where a server listens, and whom it answers. Immutable.
 *
 * @param component kind and name as the user knows them
 */
public record HttpConfig(
    String component,
    String host,
    int port,
    Optional<BearerToken> token,
    AllowedHosts hosts,
    Optional<TlsFiles> tls) {

  /**
   * Reads the keys of {@link HttpSettings}.
   *
   * @param prefix what the user writes before them
   * @param hostKey the key of {@code host}
   */
  public static HttpConfig parse(
      String prefix, String hostKey, String host, int port, Values values, Problems problems) {
    var keys = new Keys(prefix, values, problems);
    var config =
        new HttpConfig(
            problems.component(), host, port, keys.token(), keys.hosts(host), keys.tls());
    config.checkReach(prefix + hostKey, prefix, values.get(HttpSettings.INSECURE), problems);
    return config;
  }

  /** Whether only this machine can reach it. */
  public boolean isLoopback() {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** The address to ask, as far as it is known before the server listens. */
  public String url(int actualPort) {
    String shown = host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    return "%s://%s:%d/".formatted(tls.isPresent() ? "https" : "http", shown, actualPort);
  }

  /** A page in a browser has no token, so where one is needed any name is good. */
  boolean checksHost() {
    return token.isEmpty() || !hosts.names().isEmpty();
  }

  private void checkReach(String key, String prefix, boolean insecure, Problems problems) {
    boolean knowsClients =
        token.isPresent() || tls.flatMap(TlsFiles::clientAuthorities).isPresent();
    if (isLoopback() || (tls.isPresent() && knowsClients)) {
      return;
    }
    String missing = tls.isPresent() ? "a token" : knowsClients ? "TLS" : "TLS and without a token";
    if (insecure) {
      problems.warn(
          "%s = \"%s\" can be reached from other machines without %s; %sinsecure allows it."
              .formatted(key, host, missing, prefix));
    } else {
      problems.error(
          "%s = \"%s\" can be reached from other machines without %s: set %stls.certificateFile and %stokenFile, listen on 127.0.0.1 behind a proxy, or set %sinsecure = true."
              .formatted(key, host, missing, prefix, prefix, prefix));
    }
  }

  /** The keys, and how their problems are shown; never a secret. */
  private record Keys(String prefix, Values values, Problems problems) {
    Optional<BearerToken> token() {
      Optional<String> text = values.find(HttpSettings.TOKEN);
      Optional<Path> file = values.find(HttpSettings.TOKEN_FILE);
      if (text.isPresent() && file.isPresent()) {
        problems.error(
            "%stoken and %stokenFile are both set: one of them is enough."
                .formatted(prefix, prefix));
      }
      String shown = prefix + "token";
      try {
        if (file.isPresent()) {
          shown = "%stokenFile = \"%s\"".formatted(prefix, file.get());
          SecretFile.check(prefix + "tokenFile", file.get(), problems);
          return Optional.of(BearerToken.in(file.get()));
        }
        return text.map(BearerToken::new);
      } catch (IOException e) {
        problems.error("%s cannot be read: %s.".formatted(shown, e));
      } catch (IllegalArgumentException e) {
        problems.error("%s cannot be used: %s.".formatted(shown, e.getMessage()));
      }
      return Optional.empty();
    }

    /** What the server is bound to is one of its names, if it is a name. */
    AllowedHosts hosts(String host) {
      for (String name : values.get(HttpSettings.ALLOWED_HOSTS)) {
        if (!AllowedHosts.isName(name)) {
          problems.error(
              "%sallowedHosts has \"%s\", which is not a host name such as edge7.example."
                  .formatted(prefix, name));
        }
      }
      return new AllowedHosts(values.get(HttpSettings.ALLOWED_HOSTS), host);
    }

    Optional<TlsFiles> tls() {
      Optional<Path> certificate = values.find(HttpSettings.TLS_CERTIFICATE);
      Optional<Path> clients = values.find(HttpSettings.TLS_CLIENTS);
      Optional<Path> key = values.find(HttpSettings.TLS_KEY);
      if (certificate.isEmpty()) {
        if (clients.isPresent() || key.isPresent()) {
          problems.error(prefix + "tls.certificateFile is missing: without it there is no TLS.");
        }
        return Optional.empty();
      }
      var files =
          new TlsFiles(certificate.get(), key, values.find(HttpSettings.TLS_PASSWORD), clients);
      String shown = "%stls.certificateFile = \"%s\"".formatted(prefix, certificate.get());
      try {
        for (Path secret : files.secrets()) {
          SecretFile.check(prefix + "tls.*", secret, problems);
        }
        files.context();
      } catch (IOException | GeneralSecurityException e) {
        problems.error("%s cannot be used, or what goes with it: %s.".formatted(shown, e));
      }
      return Optional.of(files);
    }
  }
}
