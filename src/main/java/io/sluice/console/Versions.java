package io.sluice.console;

import org.apache.flume.tools.VersionInfo;
import org.jspecify.annotations.Nullable;

/** Which builds are running. */
final class Versions {
  private Versions() {}

  static String sluice() {
    @Nullable String own = Versions.class.getPackage().getImplementationVersion();
    return own == null ? "not packaged" : own;
  }

  static String flume() {
    return VersionInfo.getVersion();
  }
}
