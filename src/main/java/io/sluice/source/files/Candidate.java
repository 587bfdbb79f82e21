package io.sluice.source.files;

import io.sluice.delivery.FileIdentity;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.machine.Content;
import io.sluice.source.positions.Fingerprint;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Map;

/**
 * A file that was found and is not being read yet, with its identity. Immutable.
 *
 * @param archive whether it is a compressed file that is read from the inside
 */
record Candidate(Found found, FileIdentity identity, boolean archive, FirstBytes firstBytes) {
  static Candidate of(Found found, Content content) throws IOException {
    Map<String, Object> unix = Files.readAttributes(found.path(), "unix:dev,ino");
    Fingerprint head = Fingerprint.of(content);
    return new Candidate(
        found,
        new FileIdentity(
            found.path().toString(),
            ((Number) unix.getOrDefault("dev", 0L)).longValue(),
            ((Number) unix.getOrDefault("ino", 0L)).longValue(),
            head.length(),
            head.hash()),
        content.isArchive(),
        FirstBytes.of(content));
  }
}
