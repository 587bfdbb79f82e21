package io.sluice.http;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/**
 * The files that a server's TLS is made of. Immutable; what is in them may change at any time.
 *
 * @param certificate PEM or PKCS12: certificate, those between it and its authority, and the key
 *     unless {@code key} holds it
 * @param key PEM, the key alone
 * @param password of a PKCS12 file
 * @param clientAuthorities PEM: whose clients are let in; every client if there is none
 */
record TlsFiles(
    Path certificate,
    Optional<Path> key,
    Optional<Path> password,
    Optional<Path> clientAuthorities) {
  private static final char[] IN_MEMORY = {};

  List<Path> secrets() {
    return Stream.of(key.or(() -> Optional.of(certificate)), password)
        .flatMap(Optional::stream)
        .toList();
  }

  /** Another text whenever the contents of a file are others. */
  String fingerprint() throws IOException, GeneralSecurityException {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    List<Optional<Path>> all = List.of(Optional.of(certificate), key, password, clientAuthorities);
    for (Optional<Path> file : all) {
      digest.update(file.isPresent() ? Files.readAllBytes(file.get()) : new byte[0]);
      digest.update((byte) '\n');
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * What they hold now.
   *
   * @throws IOException if one cannot be read
   * @throws GeneralSecurityException if one does not hold what it should, or key and certificate do
   *     not belong together
   */
  Identity identity() throws IOException, GeneralSecurityException {
    byte[] bytes = Files.readAllBytes(certificate);
    if (Pem.isPem(bytes)) {
      Pem chain = Pem.parse(bytes);
      Pem keys = key.isPresent() ? Pem.parse(Files.readAllBytes(key.get())) : chain;
      return Identity.of(chain.certificates(), keys);
    }
    char[] secret =
        password.isPresent()
            ? Files.readString(password.get(), StandardCharsets.UTF_8).strip().toCharArray()
            : IN_MEMORY;
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(new ByteArrayInputStream(bytes), secret);
    return Identity.in(store, secret);
  }

  SSLContext context() throws IOException, GeneralSecurityException {
    KeyStore own = empty();
    Identity identity = identity();
    own.setKeyEntry("own", identity.key(), IN_MEMORY, identity.chain());
    var keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(own, IN_MEMORY);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust(), null);
    return context;
  }

  private TrustManager[] trust() throws IOException, GeneralSecurityException {
    KeyStore authorities = empty();
    if (clientAuthorities.isPresent()) {
      for (var each : Pem.parse(Files.readAllBytes(clientAuthorities.get())).certificates()) {
        authorities.setCertificateEntry(
            each.getSerialNumber() + each.getIssuerX500Principal().getName(), each);
      }
      if (authorities.size() == 0) {
        throw new GeneralSecurityException("it holds no certificate of an authority in PEM");
      }
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      return factory.getTrustManagers();
    }
    return new TrustManager[0];
  }

  private static KeyStore empty() throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    return store;
  }
}
