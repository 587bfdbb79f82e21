package io.sluice.console;

import io.sluice.monitoring.Beans;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads from JMX what Flume's counters and our own beans show. However often it is asked, it reads
 * a few times a second at most. Thread-safe.
 */
final class AgentReader {
  private static final Logger LOG = LoggerFactory.getLogger(AgentReader.class);
  private static final long FRESH_NANOS = Duration.ofMillis(250).toNanos();
  private static final String FLUME = "org.apache.flume.";

  private final MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
  private @Nullable AgentView latest;

  /** What there is to see now, or was a moment ago. */
  synchronized AgentView view() {
    AgentView known = latest;
    if (known == null || System.nanoTime() - known.nanos() > FRESH_NANOS) {
      known = read();
      latest = known;
    }
    return known;
  }

  private AgentView read() {
    Map<String, Map<String, Object>> found = new TreeMap<>();
    Map<String, String[]> names = new HashMap<>();
    for (ObjectName bean : beans.queryNames(null, null)) {
      String[] name = kindAndName(bean);
      if (name.length == 0) {
        continue;
      }
      Map<String, Object> attributes = attributes(bean);
      boolean stopped = attributes.get("StopTime") instanceof Long time && time > 0;
      if (!attributes.isEmpty() && !stopped) {
        String key = name[0] + " " + name[1];
        names.put(key, name);
        found.computeIfAbsent(key, none -> new HashMap<>()).putAll(attributes);
      }
    }
    List<Component> components = new ArrayList<>();
    found.forEach(
        (key, attributes) -> {
          String[] name = names.getOrDefault(key, new String[] {"", ""});
          components.add(new Component(name[0], name[1], attributes));
          if (name[0].equals("streams")) { // it checks records as an interceptor does
            components.add(new Component("validator", name[1], attributes));
          }
        });
    return new AgentView(System.currentTimeMillis(), System.nanoTime(), components);
  }

  /** Empty if the bean is not a component's. An interceptor is where a validator counts. */
  private static String[] kindAndName(ObjectName bean) {
    if (bean.getDomain().startsWith(FLUME) && bean.getKeyProperty("type") != null) {
      String kind = bean.getDomain().substring(FLUME.length());
      return new String[] {
        kind.equals("interceptor") ? "validator" : kind, bean.getKeyProperty("type")
      };
    }
    if (bean.getDomain().equals(Beans.DOMAIN) && bean.getKeyProperty("name") != null) {
      return new String[] {bean.getKeyProperty("type"), Beans.nameOf(bean)};
    }
    return new String[0];
  }

  private Map<String, Object> attributes(ObjectName bean) {
    var values = new HashMap<String, Object>();
    try {
      String[] names =
          Arrays.stream(beans.getMBeanInfo(bean).getAttributes())
              .map(MBeanFeatureInfo::getName)
              .toArray(String[]::new);
      for (Attribute attribute : beans.getAttributes(bean, names).asList()) {
        if (attribute.getValue() != null) {
          values.put(attribute.getName(), attribute.getValue());
        }
      }
    } catch (InstanceNotFoundException e) { // stopped just now
      return Map.of();
    } catch (JMException e) {
      LOG.debug("console: {} cannot be read", bean, e);
      return Map.of();
    }
    return values;
  }
}
