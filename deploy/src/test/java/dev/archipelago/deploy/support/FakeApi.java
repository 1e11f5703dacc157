package dev.archipelago.deploy.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.archipelago.deploy.client.Endpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A controller's HTTP API that says what it was told to say. */
public final class FakeApi implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, Reply> replies = new ConcurrentHashMap<>();
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final Optional<String> token;

  private record Reply(int status, String body) {}

  /** What came. */
  public record Request(String method, String path, String query, String body) {}

  public FakeApi() {
    this(Optional.empty());
  }

  public FakeApi(Optional<String> token) {
    this.token = token;
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  public Endpoint endpoint() {
    return new Endpoint(URI.create("http://127.0.0.1:" + server.getAddress().getPort()), token);
  }

  /** From now on answers so. */
  public FakeApi on(String method, String path, int status, String body) {
    replies.put(method + " " + path, new Reply(status, body));
    return this;
  }

  public FakeApi onGet(String path, String body) {
    return on("GET", "/api/v1" + path, 200, body);
  }

  public FakeApi onPost(String path, int status, String body) {
    return on("POST", "/api/v1" + path, status, body);
  }

  public List<Request> requests() {
    return new ArrayList<>(requests);
  }

  /** {@code POST /api/v1/searches} and the like, in their order. */
  public List<String> posts() {
    return requests.stream()
        .filter(request -> request.method().equals("POST"))
        .map(Request::path)
        .toList();
  }

  private void handle(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    URI uri = exchange.getRequestURI();
    String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
    requests.add(new Request(exchange.getRequestMethod(), uri.getPath(), query, body));
    Reply reply =
        replies.getOrDefault(
            exchange.getRequestMethod() + " " + uri.getPath(),
            new Reply(404, "{\"error\": \"no search is called that; the nearest: s1\"}"));
    String sent = exchange.getRequestHeaders().getFirst("Authorization");
    if (token.isPresent() && !("Bearer " + token.get()).equals(sent)) {
      reply = new Reply(401, "");
    }
    byte[] bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(reply.status(), bytes.length == 0 ? -1 : bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
