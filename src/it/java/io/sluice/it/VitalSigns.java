package io.sluice.it;

import com.sun.tools.attach.AttachNotSupportedException;
import com.sun.tools.attach.VirtualMachine;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryMXBean;
import java.lang.management.MemoryPoolMXBean;
import java.util.Map;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/** What a running JVM holds of memory, descriptors and threads, looked at from outside. */
final class VitalSigns implements AutoCloseable {
  private static final String METASPACE = "java.lang:type=MemoryPool,name=Metaspace";

  /** Otherwise a thread of this process complains about those that were killed. */
  private static final Map<String, ?> NO_CHECKS =
      Map.of("jmx.remote.x.client.connection.check.period", 0L);

  private final Footprint footprint;
  private final JMXConnector connector;
  private final MemoryMXBean memory;
  private final MemoryPoolMXBean metaspace;

  private VitalSigns(JavaProcess process, JMXConnector connector) throws IOException {
    this.footprint = new Footprint(process);
    this.connector = connector;
    var server = connector.getMBeanServerConnection();
    memory =
        ManagementFactory.newPlatformMXBeanProxy(
            server, ManagementFactory.MEMORY_MXBEAN_NAME, MemoryMXBean.class);
    metaspace = ManagementFactory.newPlatformMXBeanProxy(server, METASPACE, MemoryPoolMXBean.class);
  }

  /** Opens a connection to the JVM that stays open; it costs the JVM a few threads. */
  static VitalSigns of(JavaProcess process) throws IOException {
    try {
      VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
      try {
        var url = new JMXServiceURL(machine.startLocalManagementAgent());
        return new VitalSigns(process, JMXConnectorFactory.connect(url, NO_CHECKS));
      } finally {
        machine.detach();
      }
    } catch (AttachNotSupportedException e) {
      throw new IOException("cannot attach to " + process.pid(), e);
    }
  }

  /** The figures of now, after a full collection. */
  Sample sample() {
    memory.gc();
    return new Sample(
        footprint.residentMebibytes(),
        memory.getHeapMemoryUsage().getUsed() / (double) (1 << 20),
        metaspace.getUsage().getUsed() / (double) (1 << 20),
        footprint.descriptors(),
        footprint.threads());
  }

  /** Also when the process is gone. */
  @Override
  public void close() {
    try {
      connector.close();
    } catch (IOException e) {
      // It was killed; there is nothing left to close.
    }
  }

  /**
   * One look.
   *
   * @param heap MiB that are used after a collection
   */
  record Sample(
      double resident, double heap, double metaspace, double descriptors, double threads) {}
}
