package dev.archipelago.worker.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What goes wrong between a worker and its controller. That all goes well with the real one, {@code
 * ControllerWeightsTest} in {@code deploy} says.
 */
class HttpWeightStoreTest {
  private static final String PATH =
      "/api/v1/searches/search-1/weights/" + WeightStoreContract.DIGEST;

  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final List<Long> waits = new ArrayList<>();
  private Optional<HttpServer> server = Optional.empty();

  @AfterEach
  void stop() {
    server.ifPresent(running -> running.stop(0));
  }

  /** Answers a request, the first being number 1. */
  private interface Script {
    void answer(int number, HttpExchange exchange) throws IOException, InterruptedException;
  }

  private void serve(InetSocketAddress address, Script script) {
    try {
      HttpServer started = HttpServer.create(address, 0);
      started.createContext(
          "/",
          exchange -> {
            exchange.getRequestBody().readAllBytes();
            requests.add(
                "%s %s %s"
                    .formatted(
                        exchange.getRequestMethod(),
                        exchange.getRequestURI(),
                        exchange.getRequestHeaders().getFirst("Authorization")));
            try {
              script.answer(requests.size(), exchange);
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
            exchange.close();
          });
      started.start();
      server = Optional.of(started);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private void serve(Script script) {
    serve(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), script);
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head || bytes.length == 0 ? -1 : bytes.length);
    if (!head) {
      exchange.getResponseBody().write(bytes);
    }
  }

  private WeightStore store() {
    return store(server.orElseThrow().getAddress().getPort(), waits::add);
  }

  private static WeightStore store(int port, HttpWeightStore.Sleep sleep) {
    return new HttpWeightStore(place(port), "searches/search-1/weights", () -> false, sleep);
  }

  private static WeightStores.Http place(int port) {
    return new WeightStores.Http(URI.create("http://127.0.0.1:" + port), Optional.of("secret"));
  }

  private long waited() {
    return waits.stream().mapToLong(Long::longValue).sum();
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void waitsForAControllerThatStartsAgain() throws IOException {
    int port = freePort();
    WeightStore store =
        store(
            port,
            millis -> {
              waits.add(millis);
              if (server.isEmpty()) {
                serve(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port),
                    (number, exchange) -> send(exchange, 200, "abc"));
              }
            });
    assertThat(store.get(WeightStoreContract.DIGEST)).contains(WeightStoreContract.abc());
    assertThat(requests).containsExactly("GET " + PATH + " Bearer secret");
    assertThat(waited()).isEqualTo(250);
  }

  @Test
  void givesUpAtAnAddressWhereNobodyAnswersAndSaysWhatNamesIt() throws IOException {
    WeightStore store = store(freePort(), waits::add);
    assertThatThrownBy(() -> store.put(WeightStoreContract.abc()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining("--weights must name the controller's HTTP address");
    assertThat(waited()).isEqualTo(250 + 500 + 1_000 + 2_000 + 4_000 + 8_000 + 3 * 10_000);
    assertThat(store.get(WeightStoreContract.DIGEST)).isEmpty();
    store.remove(WeightStoreContract.DIGEST);
  }

  @Test
  void triesAgainWhileTheControllerCannotAnswer() throws IOException {
    serve((number, exchange) -> send(exchange, number == 1 ? 503 : number == 2 ? 404 : 201, "{}"));
    assertThat(store().put(WeightStoreContract.abc())).isEqualTo(WeightStoreContract.DIGEST);
    assertThat(requests)
        .containsExactly(
            "HEAD " + PATH + " Bearer secret",
            "HEAD " + PATH + " Bearer secret",
            "PUT " + PATH + " Bearer secret");
  }

  @Test
  void aRefusalIsFinalAndInTheControllersWords() {
    serve(
        (number, exchange) ->
            send(
                exchange,
                exchange.getRequestMethod().equals("HEAD") ? 404 : 409,
                "{\"error\": \"search-1 is over\"}"));
    assertThatThrownBy(() -> store().put(WeightStoreContract.abc()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("answers 409 search-1 is over");
    assertThat(waits).isEmpty();
  }

  @Test
  void saysThatItsTokenIsMissingAndHowToGiveIt() {
    serve((number, exchange) -> send(exchange, 401, "{}"));
    assertThatThrownBy(() -> store().put(WeightStoreContract.abc()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("wants its token")
        .hasMessageContaining("--token")
        .hasMessageContaining("ARCHIPELAGO_HTTP_TOKEN")
        .hasMessageNotContaining("secret");
    assertThat(requests).hasSize(1); // and nothing was uploaded
    assertThat(place(1).toString()).doesNotContain("secret");
  }

  @Test
  void takesNothingButWhatWasAskedFor() {
    serve((number, exchange) -> send(exchange, 200, "abd"));
    assertThat(store().get(WeightStoreContract.DIGEST)).isEmpty();
    assertThat(store().get("../" + WeightStoreContract.DIGEST)).isEmpty();
    assertThat(requests).hasSize(1);
  }

  @Test
  void aCancelledTrialWaitsForNoAnswer() {
    CountDownLatch asked = new CountDownLatch(1);
    CountDownLatch over = new CountDownLatch(1);
    serve(
        (number, exchange) -> {
          asked.countDown();
          over.await();
        });
    WeightStore store =
        new HttpWeightStore(
            place(server.orElseThrow().getAddress().getPort()),
            "searches/search-1/weights",
            () -> asked.getCount() == 0,
            Thread::sleep);
    assertThatThrownBy(() -> store.get(WeightStoreContract.DIGEST))
        .isInstanceOf(CancellationException.class);
    over.countDown();
  }

  @Test
  void norForAControllerThatIsGone() throws IOException {
    WeightStore store =
        new HttpWeightStore(
            place(freePort()), "searches/search-1/weights", () -> !waits.isEmpty(), waits::add);
    assertThatThrownBy(() -> store.get(WeightStoreContract.DIGEST))
        .isInstanceOf(CancellationException.class);
    assertThat(waits).hasSize(1);
  }
}
