package io.sluice.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.stream.Collectors;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

final class BeansTest {
  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  /** What is shown. */
  public interface ShownMXBean {
    int getNumber();
  }

  private record Shown(int number) implements ShownMXBean {
    @Override
    public int getNumber() {
      return number;
    }
  }

  @Test
  void theLaterOfTwoWithOneNameIsSeenAndTheEarlierCannotHideIt() throws Exception {
    var first = new Shown(1);
    var second = new Shown(2);
    Beans.show("beans-test", "a", first);
    Beans.show("beans-test", "a", second);

    Beans.hide("beans-test", "a", first);
    assertThat(server.getAttribute(new ObjectName("io.sluice:type=beans-test,name=a"), "Number"))
        .isEqualTo(2);

    Beans.hide("beans-test", "a", second);
    assertThat(names()).isEmpty();
  }

  @Test
  void anyNameCanBeShown() throws Exception {
    var bean = new Shown(3);
    Beans.show("beans-test", "k*a:f,k=a\"", bean);
    assertThat(names()).containsExactly("k*a:f,k=a\"");
    Beans.hide("beans-test", "k*a:f,k=a\"", bean);
    assertThat(names()).isEmpty();
  }

  private Set<String> names() throws Exception {
    return server.queryNames(new ObjectName("io.sluice:type=beans-test,*"), null).stream()
        .map(Beans::nameOf)
        .collect(Collectors.toSet());
  }
}
