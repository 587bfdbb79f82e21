package io.sluice.http;

import java.util.ArrayDeque;
import java.util.Deque;
import javax.servlet.AsyncContext;
import javax.servlet.AsyncEvent;
import javax.servlet.AsyncListener;
import javax.servlet.ServletRequest;
import org.eclipse.jetty.server.Request;

/**
 * Lets a bounded number of requests be at work at once; others wait for their turn without a
 * thread. So there is always one left for those that need no turn.
 *
 * <p>Thread-safe.
 */
final class RequestQueue {
  /** Whether a request may be answered. */
  enum Turn {
    /** Now; {@link #leave} afterwards. */
    NOW,
    /** It comes back when it may, and is not to be answered now. */
    LATER,
    /** Too many wait, or it has waited too long. */
    NEVER
  }

  private static final String TURN = RequestQueue.class.getName();
  private static final long WAIT_MILLIS = 10_000;

  private final Deque<AsyncContext> waiting = new ArrayDeque<>();
  private final int mostWaiting;
  private int free;
  private boolean stopped;

  RequestQueue(int atOnce, int mostWaiting) {
    this.free = atOnce;
    this.mostWaiting = mostWaiting;
  }

  synchronized Turn enter(Request request) {
    if (request.getAttribute(TURN) instanceof Turn decided) {
      return decided;
    }
    if (free > 0) {
      free--;
      return Turn.NOW;
    }
    if (stopped || waiting.size() >= mostWaiting) {
      return Turn.NEVER;
    }
    AsyncContext context = request.startAsync();
    context.setTimeout(WAIT_MILLIS);
    context.addListener(new Patience(context));
    waiting.add(context);
    return Turn.LATER;
  }

  /** Ends the turn of a request; the one that has waited for longest has it now. */
  synchronized void leave() {
    AsyncContext next = waiting.poll();
    while (next != null && !callBack(next, Turn.NOW)) {
      next = waiting.poll();
    }
    if (next == null) {
      free++;
    }
  }

  /** Nobody waits any longer. */
  synchronized void stop() {
    stopped = true;
    for (AsyncContext next = waiting.poll(); next != null; next = waiting.poll()) {
      callBack(next, Turn.NEVER);
    }
  }

  private synchronized void giveUp(AsyncContext context) {
    if (waiting.remove(context)) {
      callBack(context, Turn.NEVER);
    }
  }

  private synchronized void forget(AsyncContext context) {
    waiting.remove(context);
  }

  /** Whether it was still there. */
  private static boolean callBack(AsyncContext context, Turn turn) {
    try {
      ServletRequest request = context.getRequest();
      request.setAttribute(TURN, turn);
      context.dispatch();
      return true;
    } catch (IllegalStateException e) { // its connection has failed
      return false;
    }
  }

  /** What becomes of a request that waits. */
  private final class Patience implements AsyncListener {
    private final AsyncContext context;

    Patience(AsyncContext context) {
      this.context = context;
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      giveUp(context);
    }

    @Override
    public void onError(AsyncEvent event) {
      forget(context);
    }

    @Override
    public void onComplete(AsyncEvent event) {
      forget(context);
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
