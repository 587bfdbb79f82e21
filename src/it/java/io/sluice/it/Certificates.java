package io.sluice.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;

/** Keys and certificates in files, made by the JDK's {@code keytool}; each signs itself. */
final class Certificates {
  private static final String ALIAS = "key";

  private final Path folder;
  private final char[] password;

  /**
   * @param password of every key store that is made here
   */
  Certificates(Path folder, String password) {
    this.folder = folder;
    this.password = password.toCharArray();
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A key store (PKCS12) with a new key for {@code CN=name}, good for 127.0.0.1. */
  Path keyStore(String name) {
    Path store = folder.resolve(name + ".p12");
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    var command =
        new ProcessBuilder(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-dname",
            "CN=" + name,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-validity",
            "30",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass:env",
            "STORE_PASSWORD");
    command.environment().put("STORE_PASSWORD", new String(password));
    try {
      if (command.inheritIO().start().waitFor() != 0) {
        throw new IllegalStateException("keytool made no key for " + name);
      }
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /** A trust store (PKCS12) with the certificate that is in {@code keyStore}. */
  Path trustStore(String name, Path keyStore) {
    Path store = folder.resolve(name + ".p12");
    try (OutputStream out = Files.newOutputStream(store)) {
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry(ALIAS, certificate(keyStore));
      trusted.store(out, password);
      return store;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** The certificate that is in {@code keyStore}, as text. */
  Path pem(String name, Path keyStore) {
    try {
      String body = Base64.getMimeEncoder().encodeToString(certificate(keyStore).getEncoded());
      String text = "-----BEGIN CERTIFICATE-----\n" + body + "\n-----END CERTIFICATE-----\n";
      return Files.writeString(folder.resolve(name + ".pem"), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Certificate certificate(Path keyStore) throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(keyStore)) {
      KeyStore store = KeyStore.getInstance("PKCS12");
      store.load(in, password);
      return store.getCertificate(ALIAS);
    }
  }
}
