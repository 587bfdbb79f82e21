package io.sluice.cli;

import org.apache.kafka.common.utils.AppInfoParser;
import picocli.CommandLine.IVersionProvider;

/** Which Sluice this is, and on what it runs. */
final class Version implements IVersionProvider {
  @Override
  public String[] getVersion() {
    String own = Version.class.getPackage().getImplementationVersion();
    return new String[] {
      "sluice " + (own == null ? "(not packaged)" : own),
      "kafka-clients " + AppInfoParser.getVersion(),
      "java " + System.getProperty("java.version"),
    };
  }
}
