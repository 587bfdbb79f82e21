package io.sluice.source.machine;

import java.nio.file.LinkOption;
import java.util.function.Function;

/**
 * What the source uses of the machine; tests bring their own.
 *
 * @param signals makes the signals for the component of that name
 */
public record Environment(Time time, Content.Opener opener, Function<String, Signals> signals) {
  public static Environment real() {
    return new Environment(Time.SYSTEM, new Archives(Time.SYSTEM), DirectoryWatch::new);
  }

  /** The same, but a compressed file is a file as any other. */
  public Environment withoutUnzipping() {
    return new Environment(time, Content::plain, signals);
  }

  /** The same, but what is a symbolic link by now is not opened. */
  public Environment withoutLinks(boolean unzipping) {
    return new Environment(
        time,
        unzipping
            ? new Archives(time, LinkOption.NOFOLLOW_LINKS)
            : path -> Content.plain(path, LinkOption.NOFOLLOW_LINKS),
        signals);
  }
}
