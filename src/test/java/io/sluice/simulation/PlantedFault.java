package io.sluice.simulation;

import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/**
 * A fault as somebody might make it: in one source file one text instead of another.
 *
 * @param file the simple name of the class
 * @param text what is there; it must be there once
 * @param instead what the fault makes of it
 */
record PlantedFault(String name, String file, String text, String instead) {
  private static final Path SOURCES = Path.of("src/main/java");

  /** The classes of that file with the fault in them, by their names. */
  Map<String, byte[]> compile() {
    try {
      Path folder = Files.createTempDirectory("sluice-fault");
      try {
        compile(folder);
        return read(folder);
      } finally {
        delete(folder);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void compile(Path folder) throws IOException {
    Path source = source();
    String code = Files.readString(source);
    int at = code.indexOf(text);
    if (at < 0 || code.indexOf(text, at + 1) >= 0) {
      throw new IllegalStateException(
          "'%s' is not once in %s: adapt the planted fault to the code".formatted(text, source));
    }
    String faulty = code.replace(text, instead);
    JavaFileObject unit =
        new SimpleJavaFileObject(
            URI.create("string:///" + source.getFileName()), JavaFileObject.Kind.SOURCE) {
          @Override
          public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return faulty;
          }
        };
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    var said = new StringWriter();
    List<String> options =
        List.of("-proc:none", "-nowarn", "-g", "-d", folder.toString(), "-cp", classPath());
    if (!compiler.getTask(said, null, null, options, null, List.of(unit)).call()) {
      throw new IllegalStateException("the fault does not compile: " + said);
    }
  }

  private static String classPath() {
    return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
  }

  private Path source() throws IOException {
    try (Stream<Path> all = Files.walk(SOURCES)) {
      return all.filter(path -> path.endsWith(file + ".java"))
          .findFirst()
          .orElseThrow(() -> new IllegalStateException("no " + file + " in " + SOURCES));
    }
  }

  private static Map<String, byte[]> read(Path folder) throws IOException {
    Map<String, byte[]> classes = new HashMap<>();
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.filter(Files::isRegularFile).toList()) {
        String name = folder.relativize(path).toString().replace('/', '.');
        classes.put(name.substring(0, name.length() - ".class".length()), Files.readAllBytes(path));
      }
    }
    return classes;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
