package io.sluice.source;

import java.nio.file.LinkOption;
import java.util.function.Function;

/**
 * What the source uses of the machine; tests bring their own.
 *
 * @param signals makes the signals for the component of that name
 */
record Surroundings(Time time, Content.Opener opener, Function<String, Signals> signals) {
  static Surroundings real() {
    return new Surroundings(Time.SYSTEM, Content::unzipped, DirectoryWatch::new);
  }

  /** The same, but a compressed file is a file as any other. */
  Surroundings withoutUnzipping() {
    return new Surroundings(time, Content::plain, signals);
  }

  /** The same, but what is a symbolic link by now is not opened. */
  Surroundings withoutLinks(boolean unzipping) {
    return new Surroundings(
        time,
        unzipping
            ? path -> Content.unzipped(path, LinkOption.NOFOLLOW_LINKS)
            : path -> Content.plain(path, LinkOption.NOFOLLOW_LINKS),
        signals);
  }
}
