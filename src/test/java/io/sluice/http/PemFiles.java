package io.sluice.http;

import java.io.IOException;
import java.io.InputStream;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.util.Base64;
import java.util.List;

/** A key and its certificate, made by the JDK's {@code keytool}, in the files that users have. */
public final class PemFiles {
  private static final String PASSWORD = "changeit";
  private static final String ALIAS = "key";

  final Path store;
  private final Path folder;
  private final String name;

  /**
   * @param algorithm {@code RSA} or {@code EC}
   */
  public PemFiles(Path folder, String name, String algorithm) throws Exception {
    this.folder = folder;
    this.name = name;
    this.store = folder.resolve(name + ".p12");
    Files.deleteIfExists(store);
    String keytool = Path.of(System.getProperty("java.home"), "bin", "keytool").toString();
    List<String> command =
        List.of(
            keytool,
            "-genkeypair",
            "-alias",
            ALIAS,
            "-dname",
            "CN=" + name,
            "-keyalg",
            algorithm,
            "-validity",
            "30",
            "-ext",
            "san=ip:127.0.0.1,dns:localhost",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD);
    if (new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(Redirect.DISCARD)
            .start()
            .waitFor()
        != 0) {
      throw new IllegalStateException("keytool made no key");
    }
    closed(store);
  }

  static Path closed(Path file) throws IOException {
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
  }

  public KeyStore load() throws IOException, GeneralSecurityException {
    try (InputStream in = Files.newInputStream(store)) {
      KeyStore loaded = KeyStore.getInstance("PKCS12");
      loaded.load(in, PASSWORD.toCharArray());
      return loaded;
    }
  }

  Path certificate() throws IOException, GeneralSecurityException {
    return Files.writeString(folder.resolve(name + ".pem"), certificateText());
  }

  Path key() throws IOException, GeneralSecurityException {
    return closed(Files.writeString(folder.resolve(name + ".key"), keyText()));
  }

  Path both() throws IOException, GeneralSecurityException {
    return closed(
        Files.writeString(folder.resolve(name + "-both.pem"), certificateText() + keyText()));
  }

  Path password() throws IOException {
    return closed(Files.writeString(folder.resolve(name + ".password"), PASSWORD + "\n"));
  }

  String certificateText() throws IOException, GeneralSecurityException {
    Certificate certificate = load().getCertificate(ALIAS);
    return block("CERTIFICATE", certificate.getEncoded());
  }

  String keyText() throws IOException, GeneralSecurityException {
    return block("PRIVATE KEY", load().getKey(ALIAS, PASSWORD.toCharArray()).getEncoded());
  }

  private static String block(String label, byte[] content) {
    return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
        .formatted(label, Base64.getMimeEncoder().encodeToString(content), label);
  }
}
