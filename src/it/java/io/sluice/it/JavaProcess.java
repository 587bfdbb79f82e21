package io.sluice.it;

import io.sluice.suite.Patience;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A program, mostly Java, in a process of its own. What it prints goes to a file. It dies with this
 * JVM, unless it was {@linkplain #leaveRunning() told to stay}.
 */
public final class JavaProcess {
  private static final Set<JavaProcess> RUNNING = ConcurrentHashMap.newKeySet();
  private static volatile boolean ending;

  static {
    Runtime.getRuntime().addShutdownHook(new Thread(JavaProcess::endAll, "end-processes"));
  }

  private final ProcessHandle process;
  private final Optional<Process> child;
  private final Path output;

  private JavaProcess(ProcessHandle process, Optional<Process> child, Path output) {
    this.process = process;
    this.child = child;
    this.output = output;
  }

  /**
   * A process that another JVM has started and left running.
   *
   * @param lastArgument what only its command line ends with
   */
  static Optional<JavaProcess> running(String lastArgument) {
    return ProcessHandle.allProcesses()
        .filter(process -> endsWith(process, lastArgument))
        .findFirst()
        .map(found -> new JavaProcess(found, Optional.empty(), Path.of("/dev/null")));
  }

  private static boolean endsWith(ProcessHandle process, String lastArgument) {
    String[] arguments = process.info().arguments().orElse(new String[0]);
    return arguments.length > 0 && arguments[arguments.length - 1].equals(lastArgument);
  }

  /**
   * Starts {@code java} with these arguments.
   *
   * @param folder the process's working directory
   * @param output what it prints is appended here
   */
  public static JavaProcess start(Path folder, Path output, List<String> arguments) {
    Path own = Path.of(System.getProperty("java.home"));
    return start(own, folder, output, arguments, Map.of());
  }

  /**
   * The same with another JDK than this JVM's, and with variables of the environment beside this
   * process's own.
   */
  static JavaProcess start(
      Path javaHome,
      Path folder,
      Path output,
      List<String> arguments,
      Map<String, String> environment) {
    var command = new ArrayList<String>();
    command.add(javaHome.resolve("bin/java").toString());
    command.addAll(arguments);
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return run(folder, output, builder);
  }

  /** Starts a script that becomes a Java program by {@code exec}. */
  public static JavaProcess script(Path folder, Path output, List<String> command, String options) {
    var builder = new ProcessBuilder(command);
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    builder.environment().put("SLUICE_OPTS", options);
    return run(folder, output, builder);
  }

  /** Starts a program that is no Java at all. */
  public static JavaProcess program(Path folder, Path output, List<String> command) {
    return run(folder, output, new ProcessBuilder(command));
  }

  private static JavaProcess run(Path folder, Path output, ProcessBuilder program) {
    var builder =
        program
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()));
    try {
      Process child = builder.start();
      var started = new JavaProcess(child.toHandle(), Optional.of(child), output);
      RUNNING.add(started);
      if (ending) {
        started.kill(); // The hook may have looked before this one was there.
      }
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return child.map(Process::isAlive).orElseGet(process::isAlive);
  }

  /** What the process ended with; 137 after SIGKILL. */
  public int exitCode() {
    return child.orElseThrow().exitValue();
  }

  /** All that was printed so far. */
  public String output() {
    try {
      return Files.exists(output)
          ? new String(Files.readAllBytes(output), StandardCharsets.UTF_8)
          : "";
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SIGTERM; whether the process was gone within {@code limit}. If not, it is killed. */
  public boolean terminate(Duration limit) {
    process.destroy();
    boolean gone = isGoneWithin(limit);
    kill();
    return gone;
  }

  /** SIGKILL, and waits until the process is gone. */
  public void kill() {
    process.destroyForcibly();
    if (!isGoneWithin(Patience.LIMIT)) {
      throw new IllegalStateException("process " + pid() + " cannot be killed");
    }
    RUNNING.remove(this);
  }

  /** SIGSTOP. */
  public void pause() {
    signal("STOP");
  }

  /** Whether it is held by SIGSTOP; not to be told where there is no {@code /proc}. */
  public boolean isPaused() {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid() + "/stat"));
      return stat.startsWith("T", stat.lastIndexOf(')') + 2);
    } catch (IOException e) {
      return false;
    }
  }

  /** SIGCONT. */
  public void resume() {
    signal("CONT");
  }

  /** The process may outlive this JVM. */
  public void leaveRunning() {
    RUNNING.remove(this);
  }

  private static void endAll() {
    ending = true;
    RUNNING.forEach(JavaProcess::kill);
  }

  private void signal(String name) {
    try {
      // The shell's own kill: the program of that name is not installed everywhere.
      int status = new ProcessBuilder("sh", "-c", "kill -" + name + " " + pid()).start().waitFor();
      if (status != 0) {
        throw new IllegalStateException("SIG" + name + " to " + pid() + " failed");
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private boolean isGoneWithin(Duration limit) {
    try {
      if (child.isPresent()) {
        return child.get().waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
      }
      process.onExit().get(limit.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
