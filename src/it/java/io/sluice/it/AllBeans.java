package io.sluice.it;

import java.util.Arrays;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.RuntimeMBeanException;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** All that a process shows in JMX, as text. */
final class AllBeans {
  private AllBeans() {}

  static String at(int port) throws Exception {
    var address =
        new JMXServiceURL("service:jmx:rmi:///jndi/rmi://127.0.0.1:%d/jmxrmi".formatted(port));
    var text = new StringBuilder();
    try (JMXConnector connector = JMXConnectorFactory.connect(address)) {
      MBeanServerConnection server = connector.getMBeanServerConnection();
      for (ObjectName bean : server.queryNames(null, null)) {
        for (MBeanAttributeInfo attribute : server.getMBeanInfo(bean).getAttributes()) {
          text.append(bean).append(' ').append(attribute.getName()).append(" = ");
          text.append(value(server, bean, attribute.getName())).append('\n');
        }
      }
    }
    return text.toString();
  }

  private static String value(MBeanServerConnection server, ObjectName bean, String attribute)
      throws Exception {
    try {
      return Arrays.deepToString(new Object[] {server.getAttribute(bean, attribute)});
    } catch (JMException | RuntimeMBeanException | UnsupportedOperationException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
