package io.sluice.it;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** The rights that {@code docs/security.md} tells to grant to an exactly-once sink. */
final class RightsTable {
  private static final Pattern ROW =
      Pattern.compile(
          "\\| (\\w+) \\| (topic|transactional id) `([^`]+)` \\| [^|]+ \\| `([^`]+)`[^|]*\\|");

  /**
   * One row.
   *
   * @param resource key of the configuration, or for a transactional id the id itself
   * @param message what the sink says without it
   */
  record Right(AclOperation operation, ResourceType type, String resource, String message) {
    /** For the user, topics and delivery id of that pipe. */
    AclBinding of(SecurePipe pipe, String positionsTopic) {
      String name =
          switch (resource) {
            case "topics.raw" -> pipe.topics().get(0);
            case "topics.valid" -> pipe.topics().get(1);
            case "topics.invalid" -> pipe.topics().get(2);
            case "positionsTopic" -> positionsTopic;
            case "sluice-<deliveryId>" -> "sluice-" + pipe.name();
            default -> throw new IllegalStateException(resource);
          };
      return new AclBinding(
          new ResourcePattern(type, name, PatternType.LITERAL),
          new AccessControlEntry("User:" + pipe.name(), "*", operation, AclPermissionType.ALLOW));
    }
  }

  private RightsTable() {}

  static List<Right> read() {
    try {
      var rights = new ArrayList<Right>();
      for (String line : Files.readAllLines(Path.of("docs/security.md"))) {
        Matcher row = ROW.matcher(line);
        if (row.matches()) {
          AclOperation operation =
              AclOperation.fromString(row.group(1).replaceAll("(?<=[a-z])(?=[A-Z])", "_"));
          ResourceType type = ResourceType.fromString(row.group(2).replace(' ', '_'));
          rights.add(new Right(operation, type, row.group(3), row.group(4)));
        }
      }
      return rights;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
