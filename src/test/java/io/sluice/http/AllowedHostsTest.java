package io.sluice.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AllowedHostsTest {
  private final AllowedHosts hosts = new AllowedHosts(List.of("Edge7.example"), "127.0.0.1");

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1",
        "127.0.0.1:8080",
        "192.168.1.7:",
        "[::1]:8080",
        "[fe80::1]",
        "[::ffff:127.0.0.1]",
        "localhost",
        "LocalHost:41414",
        "localhost.",
        "edge7.EXAMPLE:8080"
      })
  void addressesAndNamesOfOursAreMeant(String header) {
    assertThat(hosts.contain(header)).isTrue();
  }

  /** Each of them can be made to resolve to 127.0.0.1 by whoever owns the domain. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "facade.de",
        "bad.cafe",
        "dead.beef",
        "abc",
        "127.0.0.1.evil.example",
        "127.0.0.1.de",
        "1.2.3.4.5",
        "localhost.evil.example",
        "edge7.example.evil.example",
        "256.1.1.1",
        "0x7f.0.0.1",
        "0177.0.0.1",
        "127.1",
        "2130706433",
        "facade.de:8080",
        "user@127.0.0.1",
        "127.0.0.1:8080:8080",
        "127.0.0.1, evil.example",
        "127.0.0.1:x",
        "[facade.de]",
        "[::1]evil.example",
        "::1",
        "evil.example]",
        ""
      })
  void whatOnlyLooksLikeAnAddressIsAName(String header) {
    assertThat(hosts.contain(header)).isFalse();
  }

  @Test
  void whoSendsNoneIsNoBrowser() {
    assertThat(hosts.contain(null)).isTrue();
  }

  @Test
  void theNameThatTheServerIsBoundToIsItsOwn() {
    assertThat(new AllowedHosts(List.of(), "Edge7").contain("edge7:80")).isTrue();
    assertThat(new AllowedHosts(List.of(), "0.0.0.0").contain("edge7")).isFalse();
  }

  @Test
  void knowsWhatMayBeGiven() {
    assertThat(AllowedHosts.isName("edge7.example")).isTrue();
    assertThat(List.of("edge7:80", "*.example", "https://edge7", ""))
        .noneMatch(AllowedHosts::isName);
  }
}
