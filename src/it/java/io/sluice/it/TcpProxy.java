package io.sluice.it;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Passes bytes on between clients and one server on the loopback interface, until it is told to cut
 * the connections or to hold the bytes back.
 */
public final class TcpProxy implements AutoCloseable {
  private final ServerSocket server;
  private final int target;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final ExecutorService threads = Executors.newCachedThreadPool(TcpProxy::daemon);
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition flowing = lock.newCondition();
  private boolean stalled;
  private volatile boolean refusing;
  private volatile long bytesPerSecond = Long.MAX_VALUE;

  /** When the line from the clients to the server is free again, as {@link System#nanoTime}. */
  private final AtomicLong free = new AtomicLong(System.nanoTime());

  private TcpProxy(ServerSocket server, int target) {
    this.server = server;
    this.target = target;
  }

  /** A proxy for the server on {@code target}, which may not listen yet. */
  public static TcpProxy to(int target) {
    try {
      var proxy = new TcpProxy(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), target);
      proxy.threads.execute(proxy::acceptAll);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return server.getLocalPort();
  }

  public String address() {
    return "127.0.0.1:" + port();
  }

  /**
   * Breaks all connections; new ones are let through. What was on its way may or may not arrive.
   */
  public void cut() {
    open.forEach(TcpProxy::closeQuietly);
  }

  /** Breaks all connections and every new one, until {@link #mend}. */
  public void refuse() {
    refusing = true;
    cut();
  }

  public void mend() {
    refusing = false;
  }

  /** All connections together carry no more than that from the clients to the server. */
  public TcpProxy carrying(long bytes) {
    bytesPerSecond = bytes;
    return this;
  }

  /** Keeps connections open and passes nothing on, either way, until {@link #flow}. */
  public void stall() {
    set(true);
  }

  public void flow() {
    set(false);
  }

  @Override
  public void close() {
    closeQuietly(server);
    cut();
    threads.shutdownNow();
  }

  private void acceptAll() {
    while (!server.isClosed()) {
      try {
        connect(server.accept());
      } catch (IOException e) {
        // Closed, or the server is not there: the client sees its connection break.
      }
    }
  }

  private void connect(Socket client) throws IOException {
    open.add(client);
    var upstream = new Socket();
    open.add(upstream);
    try {
      if (refusing) {
        throw new IOException("refusing");
      }
      upstream.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), target));
    } catch (IOException e) {
      end(client, upstream);
      throw e;
    }
    threads.execute(() -> pass(client, upstream, bytesPerSecond));
    threads.execute(() -> pass(upstream, client, Long.MAX_VALUE));
  }

  private void pass(Socket from, Socket to, long rate) {
    byte[] buffer = new byte[(int) Math.min(64 * 1024, Math.max(1, rate / 20))];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        awaitFlow();
        awaitTurn(count, rate);
        out.write(buffer, 0, count);
      }
    } catch (IOException e) {
      // One side is gone; so is the other, below.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      end(from, to);
    }
  }

  private void awaitFlow() throws InterruptedException {
    lock.lock();
    try {
      while (stalled) {
        flowing.await();
      }
    } finally {
      lock.unlock();
    }
  }

  private void awaitTurn(int count, long rate) {
    if (rate == Long.MAX_VALUE) {
      return;
    }
    long nanos = count * 1_000_000_000L / rate;
    long begin = free.getAndUpdate(before -> Math.max(before, System.nanoTime()) + nanos);
    long end = Math.max(begin, System.nanoTime()) + nanos;
    for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private void set(boolean newStalled) {
    lock.lock();
    try {
      stalled = newStalled;
      flowing.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void end(Socket... sockets) {
    for (Socket socket : sockets) {
      closeQuietly(socket);
      open.remove(socket);
    }
  }

  private static void closeQuietly(AutoCloseable socket) {
    try {
      socket.close();
    } catch (Exception e) {
      // It is of no more use either way.
    }
  }

  private static Thread daemon(Runnable task) {
    var thread = new Thread(task, "tcp-proxy");
    thread.setDaemon(true);
    return thread;
  }
}
