package io.sluice.cli.top;

import io.sluice.cli.terminal.Style;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Attributes;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.AttributedString;
import org.jline.utils.Display;
import org.jline.utils.InfoCmp.Capability;
import org.jline.utils.NonBlockingReader;

/** Watches agents until somebody has seen enough. */
public final class Top {
  private static final long REDRAW_MILLIS = 250;
  private static final int CONTROL_C = 3;

  private final List<AgentClient> agents;
  private Sort sort = Sort.LAG;
  private boolean paused;

  /**
   * @param urls of consoles
   * @param token for all of them
   * @throws IllegalArgumentException if one of them is no URL
   */
  public Top(List<String> urls, Optional<String> token) {
    agents = urls.stream().map(url -> new AgentClient(url, token)).toList();
  }

  /** Prints a line for each agent, once; whether all answer. */
  public boolean once(PrintWriter out) throws InterruptedException {
    for (AgentClient agent : agents) {
      agent.ask();
    }
    states().forEach(agent -> out.println(Screen.line(agent, System.currentTimeMillis())));
    out.flush();
    return states().stream().allMatch(AgentState::isAnswering);
  }

  /** Prints lines again and again, for logs and pipes, until the output is closed. */
  public void lines(PrintWriter out, Duration interval) throws InterruptedException {
    while (!out.checkError()) {
      once(out);
      Thread.sleep(interval.toMillis());
    }
  }

  /** Takes the terminal over until {@code q} or Ctrl-C. */
  public void screen(Style style, Duration interval) throws IOException {
    ScheduledExecutorService asking =
        Executors.newScheduledThreadPool(
            agents.size(),
            task -> {
              var thread = new Thread(task, "top");
              thread.setDaemon(true);
              return thread;
            });
    for (AgentClient agent : agents) {
      @SuppressWarnings("unused") // it ends with its thread
      var poll =
          asking.scheduleWithFixedDelay(
              () -> ask(agent), 0, interval.toMillis(), TimeUnit.MILLISECONDS);
    }
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      Attributes before = terminal.enterRawMode();
      terminal.puts(Capability.enter_ca_mode);
      terminal.puts(Capability.cursor_invisible);
      try {
        show(terminal, style);
      } finally {
        terminal.puts(Capability.cursor_visible);
        terminal.puts(Capability.exit_ca_mode);
        terminal.flush();
        terminal.setAttributes(before);
      }
    } finally {
      asking.shutdownNow();
    }
  }

  private static void ask(AgentClient agent) {
    try {
      agent.ask();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void show(Terminal terminal, Style style) throws IOException {
    var display = new Display(terminal, true);
    NonBlockingReader keys = terminal.reader();
    List<AgentState> shown = states();
    Size known = Size.of(1, 1);
    int key = NonBlockingReader.READ_EXPIRED;
    while (key != 'q' && key != 'Q' && key != CONTROL_C && key != NonBlockingReader.EOF) {
      Size size = Size.of(Math.max(20, terminal.getColumns()), Math.max(5, terminal.getRows()));
      if (!size.equals(known)) { // resized; what was there is anywhere now
        known = size;
        display.resize(size);
        terminal.puts(Capability.clear_screen);
        display.reset();
      }
      shown = paused ? shown : states();
      List<AttributedString> rows =
          new Screen(style, size.getRows())
              .of(shown, sort, paused, System.currentTimeMillis()).stream()
                  .map(row -> cut(row, size.getColumns()))
                  .toList();
      display.update(rows, -1);
      key = keys.read(REDRAW_MILLIS);
      if (key == 's' || key == 'S') {
        sort = sort.next();
      } else if (key == 'p' || key == 'P' || key == ' ') {
        paused = !paused;
      }
    }
  }

  private static AttributedString cut(String row, int columns) {
    return AttributedString.fromAnsi(row).columnSubSequence(0, columns);
  }

  private List<AgentState> states() {
    return agents.stream().map(AgentClient::state).toList();
  }
}
