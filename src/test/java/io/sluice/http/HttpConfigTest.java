package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.config.Problems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HttpConfigTest {
  private static final String TOKEN = "sixteen-letters!";

  @TempDir private Path folder;
  private final Problems problems = new Problems("source 'http'");
  private final Map<String, String> given = new HashMap<>();

  private HttpConfig parse(String host) {
    return HttpConfig.parse(
        "x.", "bind", host, 80, HttpSettings.ALL.parse("x.", given, problems), problems);
  }

  private Path file(String name, String content, String modes) throws Exception {
    Path file = Files.writeString(folder.resolve(name), content);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(modes));
  }

  @Test
  void thisMachineNeedsNothing() {
    for (String host : new String[] {"127.0.0.1", "127.9.9.9", "localhost", "::1", "[::1]"}) {
      assertThat(parse(host).isLoopback()).as(host).isTrue();
    }
    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings()).isEmpty();
  }

  @Test
  void beyondThisMachineTlsAndATokenAreNeeded() throws Exception {
    parse("0.0.0.0");
    given.put("token", TOKEN);
    parse("192.0.2.7");
    given.remove("token");
    given.put("tls.certificateFile", new PemFiles(folder, "edge", "EC").both().toString());
    parse("::");

    assertThat(problems.errors())
        .hasSize(3)
        .anyMatch(
            e ->
                e.contains(
                    "x.bind = \"0.0.0.0\" can be reached from other machines without TLS and"
                        + " without a token"))
        .anyMatch(e -> e.contains("\"192.0.2.7\" can be reached from other machines without TLS:"))
        .anyMatch(e -> e.contains("\"::\" can be reached from other machines without a token:"))
        .allMatch(e -> e.contains("set x.insecure = true"));
  }

  @Test
  void withBothOrWithClientCertificatesItIsOpened() throws Exception {
    var files = new PemFiles(folder, "edge", "RSA");
    given.put("tls.certificateFile", files.certificate().toString());
    given.put("tls.keyFile", files.key().toString());
    given.put("tokenFile", file("token", TOKEN + "\n", "rw-r-----").toString());
    parse("0.0.0.0");
    given.remove("tokenFile");
    given.put("tls.clientAuthoritiesFile", files.certificate().toString());
    parse("0.0.0.0");

    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings()).isEmpty();
  }

  @Test
  void whoInsistsGetsAWarning() {
    given.put("insecure", "true");

    parse("0.0.0.0");

    assertThat(problems.errors()).isEmpty();
    assertThat(problems.warnings())
        .containsExactly(
            "source 'http': x.bind = \"0.0.0.0\" can be reached from other machines without TLS"
                + " and without a token; x.insecure allows it.");
  }

  @Test
  void shortTokensAreRefusedAndNotShown() {
    given.put("token", "a");
    parse("localhost");
    given.put("token", "has blanks in between");
    parse("localhost");

    assertThat(problems.errors()).hasSize(2).allMatch(e -> e.contains("16 or more visible ASCII"));
    assertThat(problems.describe()).doesNotContain("blanks");
  }

  @Test
  void tokenFilesThatOthersWriteAreRefused() throws Exception {
    for (String modes : new String[] {"rw-rw-rw-", "rw-rw----", "rw----r--"}) {
      given.put("tokenFile", file("token", TOKEN, modes).toString());
      parse("localhost");
    }

    assertThat(problems.errors())
        .hasSize(2)
        .allMatch(e -> e.contains("may be written by other accounts: chmod 600 it."));
    assertThat(problems.warnings())
        .hasSize(1)
        .first()
        .asString()
        .contains("(rw----r--) may be read");
  }

  @Test
  void everyProblemOfTheFilesIsNamed() throws Exception {
    given.put("token", TOKEN);
    given.put("tokenFile", "/nowhere/token");
    given.put("tls.keyFile", "/nowhere/key");
    given.put("allowedHosts", "edge7 *.example");
    parse("localhost");
    assertThat(problems.describe())
        .contains("x.token and x.tokenFile are both set")
        .contains("x.tokenFile = \"/nowhere/token\" cannot be read")
        .contains("x.tls.certificateFile is missing")
        .contains("x.allowedHosts has \"*.example\", which is not a host name");
  }

  @Test
  void certificatesAreTriedOut() throws Exception {
    var one = new PemFiles(folder, "one", "EC");
    var other = new PemFiles(folder, "other", "EC");
    given.put("tls.certificateFile", one.store.toString());
    given.put("tls.passwordFile", one.password().toString());
    parse("localhost");
    given.remove("tls.passwordFile");
    given.put("tls.certificateFile", one.both().toString());
    parse("localhost");
    assertThat(problems.errors()).isEmpty();

    given.put("tls.keyFile", other.key().toString());
    parse("localhost");
    given.put("tls.certificateFile", one.store.toString());
    parse("localhost");
    given.put("tls.certificateFile", one.certificate().toString());
    String old = one.keyText().replace("PRIVATE KEY", "RSA PRIVATE KEY");
    given.put("tls.keyFile", file("old", old, "rw-------").toString());
    parse("localhost");

    assertThat(problems.errors())
        .hasSize(3)
        .anyMatch(e -> e.contains("key and certificate do not belong together"))
        .anyMatch(e -> e.contains("password"))
        .anyMatch(e -> e.contains("openssl pkcs8 -topk8 -nodes"));
  }
}
