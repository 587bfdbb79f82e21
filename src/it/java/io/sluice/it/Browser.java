package io.sluice.it;

import static io.sluice.suite.Patience.await;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.sluice.suite.Patience;
import io.sluice.suite.Tool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;

/** One page in a real Chromium without a window, driven over its DevTools protocol. */
final class Browser implements AutoCloseable {

  private final JavaProcess process;
  private final HttpClient http = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger lastId = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonObject>> answers = new ConcurrentHashMap<>();
  private final List<String> errors = new CopyOnWriteArrayList<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();

  /**
   * Its profile is in no folder that a test deletes: its child processes write there after its end.
   *
   * @param options further ones of the command line
   */
  Browser(String... options) {
    Path folder = newFolder();
    var command =
        new ArrayList<>(
            List.of(
                Tool.CHROMIUM.path().toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-quic",
                "--disable-dev-shm-usage",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--hide-scrollbars",
                "--user-data-dir=" + folder.resolve("profile"),
                "--remote-debugging-port=0"));
    command.addAll(List.of(options));
    command.add("about:blank");
    process = JavaProcess.program(folder, folder.resolve("chromium.log"), command);
    socket = connect(pageAddress(folder.resolve("profile/DevToolsActivePort")));
    for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
      call(domain + ".enable", "{}");
    }
  }

  private static Path newFolder() {
    try {
      return Files.createTempDirectory(Files.createDirectories(Path.of("target/it")), "browser-")
          .toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URI pageAddress(Path portFile) {
    await("the browser listens")
        .until(() -> Files.exists(portFile) && Files.readAllLines(portFile).size() == 2);
    try {
      String port = Files.readAllLines(portFile).get(0);
      var request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/json/list")).build();
      for (JsonElement target :
          JsonParser.parseString(http.send(request, BodyHandlers.ofString()).body())
              .getAsJsonArray()) {
        if (target.getAsJsonObject().get("type").getAsString().equals("page")) {
          return URI.create(target.getAsJsonObject().get("webSocketDebuggerUrl").getAsString());
        }
      }
      throw new IllegalStateException("the browser has no page");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private WebSocket connect(URI address) {
    var listener =
        new WebSocket.Listener() {
          private final StringBuilder message = new StringBuilder();

          @Override
          public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            message.append(data);
            if (last) {
              received(JsonParser.parseString(message.toString()).getAsJsonObject());
              message.setLength(0);
            }
            from.request(1);
            return null;
          }
        };
    return http.newWebSocketBuilder().buildAsync(address, listener).join();
  }

  private void received(JsonObject message) {
    if (message.has("id")) {
      answers.remove(message.get("id").getAsInt()).complete(message);
      return;
    }
    String event = message.get("method").getAsString();
    JsonObject details = message.getAsJsonObject("params");
    switch (event) {
      case "Network.requestWillBeSent" ->
          requests.add(details.getAsJsonObject("request").get("url").getAsString());
      case "Runtime.exceptionThrown" -> errors.add(details.toString());
      case "Runtime.consoleAPICalled" -> {
        if (List.of("error", "warning", "assert").contains(details.get("type").getAsString())) {
          errors.add(details.toString());
        }
      }
      case "Log.entryAdded" -> {
        JsonObject entry = details.getAsJsonObject("entry");
        if (!List.of("verbose", "info").contains(entry.get("level").getAsString())) {
          errors.add(entry.toString());
        }
      }
      default -> {}
    }
  }

  private JsonObject call(String method, String parameters) {
    int id = lastId.incrementAndGet();
    var answer = new CompletableFuture<JsonObject>();
    answers.put(id, answer);
    socket.sendText(
        "{\"id\":%d,\"method\":\"%s\",\"params\":%s}".formatted(id, method, parameters), true);
    try {
      JsonObject message = answer.get(Patience.LIMIT.toSeconds(), TimeUnit.SECONDS);
      if (message.has("error")) {
        throw new IllegalStateException(method + ": " + message.get("error"));
      }
      return message.getAsJsonObject("result");
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException(method + " got no answer", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  void open(String url) {
    call("Page.navigate", "{\"url\":\"" + url + "\"}");
    awaitTrue("document.readyState === 'complete' && location.href === '" + url + "'");
  }

  /** The value of a JavaScript expression; of a promise, what it comes to. */
  JsonElement evaluate(String expression) {
    var parameters = new JsonObject();
    parameters.addProperty("expression", expression);
    parameters.addProperty("returnByValue", true);
    parameters.addProperty("awaitPromise", true);
    JsonObject result = call("Runtime.evaluate", parameters.toString());
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(expression + ": " + result.get("exceptionDetails"));
    }
    return result.getAsJsonObject("result").get("value");
  }

  /** The text of the element with this id, as far as it is to be seen. */
  String text(String id) {
    return evaluate("document.getElementById('" + id + "').innerText").getAsString();
  }

  void awaitTrue(String expression) {
    await("in the page: " + expression)
        .until(() -> evaluate("Boolean(" + expression + ")").getAsBoolean());
  }

  Browser size(int width, int height) {
    call(
        "Emulation.setDeviceMetricsOverride",
        "{\"width\":%d,\"height\":%d,\"deviceScaleFactor\":1,\"mobile\":%b}"
            .formatted(width, height, width < 500));
    return this;
  }

  Browser colours(String scheme) {
    call(
        "Emulation.setEmulatedMedia",
        "{\"features\":[{\"name\":\"prefers-color-scheme\",\"value\":\"" + scheme + "\"}]}");
    return this;
  }

  /** What is to be seen now, as PNG. */
  void photograph(Path file) {
    String data = call("Page.captureScreenshot", "{\"format\":\"png\"}").get("data").getAsString();
    try {
      Files.createDirectories(file.getParent());
      Files.write(file, Base64.getDecoder().decode(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Errors and warnings of the page so far. */
  List<String> errors() {
    return new ArrayList<>(errors);
  }

  /** The addresses of everything that was asked for so far. */
  List<String> requests() {
    return new ArrayList<>(requests);
  }

  @Override
  public void close() {
    socket.abort();
    process.kill();
  }
}
