package io.sluice.source.files;

import io.sluice.delivery.FileIdentity;
import io.sluice.source.files.Finder.Found;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.PathText;
import io.sluice.source.positions.Fingerprint;
import java.io.IOException;

/**
 * A file that was found and is not being read yet, with its identity. Immutable.
 *
 * @param archive whether it is a compressed file that is read from the inside
 */
public record Candidate(
    Found found, FileIdentity identity, boolean archive, FirstBytes firstBytes) {
  static Candidate of(Found found, Content content) throws IOException {
    FirstBytes first = FirstBytes.of(content);
    Fingerprint fingerprint = first.fingerprint(first.length());
    var identity =
        new FileIdentity(
            PathText.of(found.path()),
            found.key().device(),
            found.key().inode(),
            fingerprint.length(),
            fingerprint.hash(),
            PathText.of(found.real()));
    return new Candidate(found, identity, content.isArchive(), first);
  }

  FileKey key() {
    return found.key();
  }
}
