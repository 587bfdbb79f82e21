package io.sluice.monitoring;

import java.lang.management.ManagementFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where our components show how they are: in JMX, as {@code io.sluice:type=TYPE,name=NAME}, beside
 * the counters that Flume itself registers.
 *
 * <p>Never throws: a component runs on when nobody can see it. Thread-safe.
 */
public final class Beans {
  /** The domain of all our names. */
  public static final String DOMAIN = "io.sluice";

  private static final Logger LOG = LoggerFactory.getLogger(Beans.class);
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_.-]+");
  private static final Map<ObjectName, Object> SHOWN = new HashMap<>();

  private Beans() {}

  /** Shows {@code bean} from now on, instead of another that was shown under this name. */
  public static synchronized void show(String type, String name, Object bean) {
    try {
      ObjectName objectName = name(type, name);
      remove(objectName);
      server().registerMBean(bean, objectName);
      SHOWN.put(objectName, bean);
    } catch (JMException e) {
      LOG.warn("{} '{}' cannot be seen in JMX", type, name, e);
    }
  }

  /** Shows {@code bean} no longer; another that has taken the name since stays. */
  public static synchronized void hide(String type, String name, Object bean) {
    try {
      ObjectName objectName = name(type, name);
      if (SHOWN.get(objectName) == bean) {
        remove(objectName);
      }
    } catch (JMException e) {
      LOG.warn("{} '{}' cannot be taken out of JMX", type, name, e);
    }
  }

  /** The name that was given to {@link #show}. */
  public static String nameOf(ObjectName objectName) {
    String name = objectName.getKeyProperty("name");
    return name.startsWith("\"") ? ObjectName.unquote(name) : name;
  }

  private static void remove(ObjectName objectName) throws JMException {
    SHOWN.remove(objectName);
    if (server().isRegistered(objectName)) {
      server().unregisterMBean(objectName);
    }
  }

  private static ObjectName name(String type, String name) throws MalformedObjectNameException {
    String spelled = PLAIN.matcher(name).matches() ? name : ObjectName.quote(name);
    return new ObjectName(DOMAIN + ":type=" + type + ",name=" + spelled);
  }

  private static MBeanServer server() {
    return ManagementFactory.getPlatformMBeanServer();
  }
}
