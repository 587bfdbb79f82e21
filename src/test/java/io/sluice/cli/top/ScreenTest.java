package io.sluice.cli.top;

import static org.assertj.core.api.Assertions.assertThat;

import io.sluice.cli.terminal.Style;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ScreenTest {
  private static final Style PLAIN = new Style(false, false);

  private static AgentState agent(String host, long lag) throws IOException {
    String status =
        """
        {"agent":{"host":"%s"},"alarms":[{"id":"quality","component":"validator 'r'","text":"bad"}],
         "reasons":[],"history":{"lines":[7]},"channels":[],"sinks":[],
         "validators":[{"latestInvalid":[{"timeMillis":1000,"reason":"ABOVE","value":"99",
          "range":"[0,1]","file":"/a"}]}],
         "sources":[{"lagBytes":%d,"files":[
          {"path":"/%s\\u001b[2J.log","sizeBytes":10,"lagBytes":%d,"idleMillis":5}]}]}
        """
            .formatted(host, lag, host, lag);
    JsonTree tree = JsonTree.parse(status.getBytes(StandardCharsets.UTF_8));
    return new AgentState("http://" + host, tree, "", 10_000);
  }

  private static List<String> rows(int height, Sort sort, AgentState... agents) {
    return new Screen(PLAIN, height).of(List.of(agents), sort, false, 12_000);
  }

  @Test
  void sortsAgentsAndShowsFilesAlarmsAndInvalidLines() throws IOException {
    List<String> rows = rows(40, Sort.LAG, agent("web1", 5), agent("web2", 50));

    assertThat(rows.get(3)).startsWith("web2").endsWith("1 alarm");
    assertThat(rows.get(4)).startsWith("web1");
    assertThat(rows)
        .anyMatch(row -> row.contains("quality web2, validator 'r': bad"))
        .anyMatch(row -> row.contains("50 B") && row.endsWith("/web2\\u{1b}[2J.log"))
        .anyMatch(row -> row.contains("ABOVE") && row.contains("99"));
    assertThat(rows(40, Sort.NAME, agent("web1", 5), agent("web2", 50)).get(3)).startsWith("web1");
  }

  @Test
  void anAgentThatIsGoneKeepsItsNumbersAndSaysSo() throws IOException {
    AgentState gone = agent("web1", 5).failed("nobody answers");

    assertThat(rows(40, Sort.LAG, gone).get(3))
        .startsWith("web1")
        .contains("gone for 2.0 s: nobody");
    assertThat(rows(40, Sort.LAG, AgentState.unseen("http://web3").failed("no")).get(3))
        .isEqualTo("web3                     no");
  }

  @Test
  void fitsIntoAnyHeight() throws IOException {
    for (int height = 5; height < 30; height++) {
      assertThat(rows(height, Sort.LAG, agent("web1", 5), agent("web2", 50)))
          .hasSizeLessThanOrEqualTo(height);
    }
  }
}
