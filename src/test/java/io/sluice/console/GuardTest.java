package io.sluice.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;

final class GuardTest {
  private static final String TOKEN = "0123456789abcdef";
  private final Guard open = guard("127.0.0.1", Optional.empty());
  private final Guard locked = guard("127.0.0.1", Optional.of(TOKEN));

  @Test
  void withATokenOnlyTheTokenOpens() {
    assertThat(locked.allows("Bearer " + TOKEN)).isTrue();
    assertThat(locked.allows("bearer " + TOKEN)).isTrue();
    assertThat(locked.allows("Bearer " + TOKEN + "x")).isFalse();
    assertThat(locked.allows("Basic " + TOKEN)).isFalse();
    assertThat(locked.allows(TOKEN)).isFalse();
    assertThat(locked.allows(null)).isFalse();
    assertThat(open.allows(null)).isTrue();
  }

  @Test
  void aForeignNameThatLeadsToThisMachineIsNotAnswered() {
    assertThat(open.isMeant("localhost")).isTrue();
    assertThat(open.isMeant("127.0.0.1")).isTrue();
    assertThat(open.isMeant("[::1]")).isTrue();
    assertThat(open.isMeant("evil.example")).isFalse();
    assertThat(locked.isMeant("edge7.example")).isTrue();
    assertThat(guard("0.0.0.0", Optional.empty()).isMeant("edge7.example")).isTrue();
  }

  private static Guard guard(String host, Optional<String> token) {
    return new Guard(new ConsoleConfig(host, 0, token, 50));
  }
}
