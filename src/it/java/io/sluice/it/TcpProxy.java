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
import java.util.concurrent.locks.Condition;
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
    threads.execute(() -> pass(client, upstream));
    threads.execute(() -> pass(upstream, client));
  }

  private void pass(Socket from, Socket to) {
    byte[] buffer = new byte[64 * 1024];
    try (InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream()) {
      for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
        awaitFlow();
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
