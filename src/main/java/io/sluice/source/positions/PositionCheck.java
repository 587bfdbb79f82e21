package io.sluice.source.positions;

import io.sluice.delivery.FileIdentity;
import io.sluice.delivery.Position;
import io.sluice.source.machine.Archives;
import io.sluice.source.machine.Content;
import io.sluice.source.machine.PathText;
import io.sluice.source.machine.Time;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * What has become of a position's file, under the name that it was last seen by on this machine.
 *
 * @param size in bytes, of what is inside a compressed file; -1 if there is no such file
 */
public record PositionCheck(State state, long size) {
  /** Whether a source would go on at the position. */
  public enum State {
    /** The file is there, and so are the bytes before the position. */
    SAME,
    /** It is the same file, and the bytes before the position are others, or gone. */
    CHANGED,
    /** Another file has the name; this one may have been renamed. */
    REPLACED,
    /** No file has the name. */
    GONE,
    /** It is there and cannot be read. */
    UNREADABLE
  }

  public static PositionCheck of(Position position) {
    if (!Files.isRegularFile(PathText.path(position.file().path()))) {
      return new PositionCheck(State.GONE, -1);
    }
    try (Content content = open(position.file())) {
      boolean same = AnchoredOffset.of(position).isIn(content);
      return new PositionCheck(same ? State.SAME : State.CHANGED, content.size());
    } catch (ReplacedException e) {
      return new PositionCheck(State.REPLACED, -1);
    } catch (IOException e) {
      return new PositionCheck(State.UNREADABLE, -1);
    }
  }

  /**
   * The content that the identity is of: of a compressed file what is inside, or the file itself.
   *
   * @throws ReplacedException if the file of that name is another
   */
  static Content open(FileIdentity file) throws IOException {
    Path path = PathText.path(file.path());
    Map<String, Object> unix = Files.readAttributes(path, "unix:dev,ino");
    boolean same =
        Long.valueOf(file.device()).equals(unix.get("dev"))
            && Long.valueOf(file.inode()).equals(unix.get("ino"));
    if (!same) {
      throw new ReplacedException(path + " is another file than the position's.");
    }
    var head = new Fingerprint(file.headLength(), file.headHash());
    Content content = new Archives(Time.SYSTEM).open(path);
    if (head.isHeadOf(content)) {
      return content;
    }
    content.close();
    Content plain = Content.plain(path);
    if (head.isHeadOf(plain)) {
      return plain;
    }
    plain.close();
    throw new ReplacedException(path + " begins with other bytes than the position's file.");
  }

  /** Another file has the name. */
  static final class ReplacedException extends IOException {
    private static final long serialVersionUID = 1;

    ReplacedException(String message) {
      super(message);
    }
  }
}
