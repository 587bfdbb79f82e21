package io.sluice.source.config;

import java.io.File;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Files that belong together: the directory to look in, how deep, and which paths fit. Immutable.
 *
 * @param name the group's name in {@code headers.<group>.<name>}
 * @param base the deepest directory that holds all files of the group
 * @param depth how many levels below it files may stand
 * @param literal the one file, if the pattern is just a path
 * @param hidden whether names fit that start with a dot
 */
public record FileGroup(
    String name,
    Path base,
    int depth,
    PathMatcher matcher,
    Optional<Path> literal,
    boolean hidden) {
  private static final FileSystem DISK = FileSystems.getDefault();

  /** Line breaks, and what stands in a text for bytes that are none under this locale. */
  private static final Pattern ODD = Pattern.compile("\\R|\\x{FFFD}");

  private static final String SPECIAL = "*?[{\\";

  /**
   * The group of one of the {@code paths}.
   *
   * @throws IllegalArgumentException whose message says what is wrong with the pattern
   */
  public static FileGroup ofGlob(String name, String glob, boolean includeHidden) {
    if (!glob.startsWith("/")) {
      throw new IllegalArgumentException("it is not an absolute path");
    }
    int special = firstSpecial(glob);
    if (special < 0) {
      Path path = Path.of(glob).normalize();
      refuseDirectory(path, glob + "/*");
      Path parent = path.getParent();
      if (parent == null) {
        throw new IllegalArgumentException("it names no file");
      }
      return new FileGroup(name, parent, 1, path::equals, Optional.of(path), true);
    }
    int slash = glob.lastIndexOf('/', special);
    String rest = glob.substring(slash + 1);
    Path base = Path.of(slash == 0 ? "/" : glob.substring(0, slash)).normalize();
    int depth = rest.contains("**") ? Integer.MAX_VALUE : rest.split("/").length;
    String inBase = base.toString().equals("/") ? "/" : escape(base) + "/";
    // To the JDK /**/ stands for at least one directory, to everybody else for none as well.
    String pattern = (inBase + rest).replace("/**/", "{/,/**/}");
    boolean dotted = rest.startsWith(".") || rest.contains("/.");
    return new FileGroup(
        name, base, depth, glob(pattern), Optional.empty(), includeHidden || dotted);
  }

  /** The group of a {@code filegroups.<name>}: a directory and a regular expression. */
  public static FileGroup ofRegex(String name, String pattern, boolean includeHidden) {
    var file = new File(pattern);
    File parent = file.getParentFile();
    if (parent == null || !parent.isAbsolute()) {
      throw new IllegalArgumentException("it is not an absolute path");
    }
    refuseDirectory(file.toPath(), pattern + "/.*");
    PathMatcher byName = matcher("regex:" + file.getName());
    boolean dotted = file.getName().startsWith("\\.") || file.getName().startsWith("[.]");
    return new FileGroup(
        name,
        parent.toPath().normalize(),
        1,
        path -> byName.matches(path.getFileName()),
        Optional.empty(),
        includeHidden || dotted);
  }

  /** A glob of {@code exclude}: on the whole path, or on the name if it has no slash. */
  static PathMatcher exclusion(String glob) {
    PathMatcher matcher = glob(glob.replace("/**/", "{/,/**/}"));
    return glob.contains("/") ? matcher : path -> matcher.matches(path.getFileName());
  }

  public boolean fits(Path path) {
    return (hidden || !isHidden(path)) && matcher.matches(path);
  }

  public static boolean isHidden(Path path) {
    Path file = path.getFileName();
    return file != null && file.toString().startsWith(".");
  }

  private static void refuseDirectory(Path path, String instead) {
    if (Files.isDirectory(path)) {
      throw new IllegalArgumentException("it is a directory; for its files write " + instead);
    }
  }

  /** To the JDK ** matches anything but line breaks, which names may have. */
  private static PathMatcher glob(String pattern) {
    PathMatcher matcher = matcher("glob:" + pattern);
    return path -> {
      if (matcher.matches(path)) {
        return true;
      }
      Matcher odd = ODD.matcher(path.toString());
      return odd.find() && matcher.matches(Path.of(odd.replaceAll("_")));
    };
  }

  private static PathMatcher matcher(String syntaxAndPattern) {
    try {
      return DISK.getPathMatcher(syntaxAndPattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(e.getDescription(), e);
    }
  }

  private static int firstSpecial(String glob) {
    for (int i = 0; i < glob.length(); i++) {
      if (SPECIAL.indexOf(glob.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }

  private static String escape(Path base) {
    return base.toString().replaceAll("[\\\\*?\\[{}]", "\\\\$0");
  }
}
