package io.sluice.http;

import io.sluice.config.Setting;
import io.sluice.config.Settings;
import java.nio.file.Path;
import java.util.List;

/** The keys that console and gateway have in common. */
public final class HttpSettings {
  static final Setting<String> TOKEN =
      Setting.string("token")
          .doc(
              "Secret that each request must bring as `Authorization: Bearer`: "
                  + BearerToken.SHORTEST
                  + " or more visible ASCII characters. Rather use `tokenFile`: what is here is"
                  + " seen by whoever reads the configuration or the list of processes.");
  static final Setting<Path> TOKEN_FILE =
      file("tokenFile")
          .doc(
              "File that holds nothing but the token. Only the agent's account may write it, and"
                  + " should be the only one to read it.");
  static final Setting<List<String>> ALLOWED_HOSTS =
      Setting.list("allowedHosts")
          .defaultsTo(List.of())
          .doc(
              "Names that clients may use for this machine, besides its addresses and `localhost`."
                  + " Other names are refused, so that no page on the internet can reach the server"
                  + " through a browser. With a token any name is answered, unless some are given"
                  + " here.");
  static final Setting<Boolean> INSECURE =
      Setting.bool("insecure")
          .defaultsTo(false)
          .doc(
              "Whether the server may be reached from other machines without TLS or without a token"
                  + " (or client certificates). For networks that are yours alone.");
  static final Setting<Path> TLS_CERTIFICATE =
      file("tls.certificateFile")
          .doc(
              "Makes the server speak TLS, 1.2 or later. PEM: the certificate, then those between"
                  + " it and its authority, then the key unless `tls.keyFile` has it. Or PKCS12."
                  + " Read again when it changes.");
  static final Setting<Path> TLS_KEY =
      file("tls.keyFile").doc("PEM file with the key (PKCS #8, not encrypted).");
  static final Setting<Path> TLS_PASSWORD =
      file("tls.passwordFile").doc("File with the password of a PKCS12 `tls.certificateFile`.");
  static final Setting<Path> TLS_CLIENTS =
      file("tls.clientAuthoritiesFile")
          .doc(
              "PEM file with certificates of authorities: only clients with a certificate of one of"
                  + " them can connect, health probes included.");

  /** All of them, to be read along with a server's own. */
  public static final Settings ALL =
      Settings.of(
          "HTTP",
          TOKEN,
          TOKEN_FILE,
          ALLOWED_HOSTS,
          INSECURE,
          TLS_CERTIFICATE,
          TLS_KEY,
          TLS_PASSWORD,
          TLS_CLIENTS);

  private HttpSettings() {}

  private static Setting<Path> file(String key) {
    return Setting.of(key, "the path of a file", Path::of);
  }
}
