package dev.archipelago.deploy.role;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.deploy.client.ApiClient;
import dev.archipelago.deploy.client.SearchState;
import dev.archipelago.deploy.client.Submission;
import dev.archipelago.deploy.embedded.RunningController;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.support.Await;
import dev.archipelago.protocol.trial.SearchId;
import dev.archipelago.worker.weights.WeightStore;
import dev.archipelago.worker.weights.WeightStoreContract;
import dev.archipelago.worker.weights.WeightStores;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Weights over HTTP: a worker's store against a controller as it is. */
class ControllerWeightsTest implements WeightStoreContract {
  private static final String TOKEN = "secret";
  private static final String SPEC =
      """
      name: idle
      dataset: fashion-mnist-mini
      space: {kind: chain, layers: 2}
      strategy: random
      budget: {trials: 2}
      """;

  @TempDir private static Path directory;
  private static RunningController controller;
  private static ApiClient api;

  private String search = "";
  private String other = "";

  @BeforeAll
  static void start() {
    controller = new ProductRoles().embedded().start(new DataDirectory(directory).create(), TOKEN);
    api = new ApiClient(controller.endpoint());
  }

  /** What is over when it ends has gone; what waits has stayed. */
  @AfterAll
  static void stop() throws IOException {
    String waiting = submitted();
    String over = submitted();
    store(waiting, Optional.of(TOKEN)).put(WeightStoreContract.abc());
    store(over, Optional.of(TOKEN)).put(WeightStoreContract.abc());
    api.cancel(over);
    controller.close();
    assertThat(directory.resolve("weights").resolve(waiting)).isNotEmptyDirectory();
    assertThat(directory.resolve("weights").resolve(over)).doesNotExist();
  }

  /** They wait for workers that never come. */
  @BeforeEach
  void submit() {
    search = submitted();
    other = submitted();
  }

  private static String submitted() {
    return api.submit(new Submission(SPEC, "idle.yaml", List.of(), Optional.empty())).value().id();
  }

  /** Returns when the table of searches knows it. */
  private static void cancel(String search) {
    api.cancel(search);
    Await.until(
        "the list says that it is cancelled",
        () ->
            api.searches().value().searches().stream()
                .anyMatch(row -> row.id().equals(search) && row.state() == SearchState.CANCELLED));
  }

  @Override
  public WeightStore store() {
    return store(search, Optional.of(TOKEN));
  }

  @Override
  public WeightStore otherSearch() {
    return store(other, Optional.of(TOKEN));
  }

  private static WeightStore store(String search, Optional<String> token) {
    return new WeightStores.Http(controller.endpoint().url(), token)
        .of(new SearchId(search), () -> false);
  }

  @Override
  public Path blobs() {
    return directory.resolve("weights").resolve(search);
  }

  @Test
  void letsNobodyInWithoutTheToken() throws IOException {
    WeightStore outside = store(search, Optional.of("guess"));
    assertThatThrownBy(() -> outside.put(WeightStoreContract.abc()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("wants its token");
    assertThat(blobs()).doesNotExist();
    store().put(WeightStoreContract.abc());
    assertThat(outside.get(DIGEST)).isEmpty();
    outside.remove(DIGEST);
    assertThat(store().get(DIGEST)).contains(WeightStoreContract.abc());
  }

  @Test
  void takesNoWeightsForSearchesThatNobodyKnowsOrThatAreOver() {
    WeightStore unknown = store(search + "x", Optional.of(TOKEN));
    assertThatThrownBy(() -> unknown.put(WeightStoreContract.abc()))
        .hasMessageContaining("404")
        .hasMessageContaining("no search is called " + search + "x");
    cancel(search);
    assertThatThrownBy(() -> store().put(WeightStoreContract.abc()))
        .hasMessageContaining("409")
        .hasMessageContaining("is over");
    assertThat(blobs()).doesNotExist();
  }

  @Test
  void keepsTrainedNetworksApartAndForGood() throws IOException {
    WeightStores.Http place =
        new WeightStores.Http(controller.endpoint().url(), Optional.of(TOKEN));
    WeightStore networks = place.networks(new SearchId(search), () -> false);
    networks.put(WeightStoreContract.abc());
    assertThat(store().get(DIGEST)).isEmpty();
    assertThat(networks.get(DIGEST)).contains(WeightStoreContract.abc());
    cancel(search);
    assertThat(api.network(search, DIGEST)).isEqualTo(WeightStoreContract.abc());
    assertThat(directory.resolve("weights").resolve("networks").resolve(search))
        .isDirectoryRecursivelyContaining("glob:**/" + DIGEST + ".safetensors");
  }

  @Test
  void saysThatItHasNoRoom() throws Exception {
    Path place = Files.writeString(blobs(), "no directory can be made here");
    assertThat(send("PUT", "weights/" + DIGEST, "abc").statusCode()).isEqualTo(507);
    Files.delete(place);
    assertThat(send("PUT", "weights/" + DIGEST, "abc").statusCode()).isEqualTo(201);
  }

  @Test
  void refusesWhatIsNotWhatItsNameSays() throws Exception {
    assertThat(send("PUT", "weights/" + DIGEST, "abd").statusCode()).isEqualTo(400);
    assertThat(send("PUT", "weights/abc", "abc").body()).contains("64 digits");
    assertThat(send("GET", "weights/" + DIGEST, "").statusCode()).isEqualTo(404);
    assertThat(send("PUT", "weights/" + DIGEST, "abc").statusCode()).isEqualTo(201);
    assertThat(send("PUT", "weights/" + DIGEST, "abd").statusCode()).isEqualTo(400);
    HttpResponse<String> head = send("HEAD", "weights/" + DIGEST, "");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.headers().firstValueAsLong("Content-Length")).hasValue(3);
    assertThat(send("GET", "weights/" + DIGEST, "").body()).isEqualTo("abc");
    for (String out : List.of("weights/..%2F..%2Fendpoint.json", "../../../../endpoint.json")) {
      assertThat(send("GET", out, "").statusCode()).as(out).isIn(400, 404);
    }
    assertThat(send("DELETE", "weights/" + DIGEST, "").statusCode()).isEqualTo(204);
    assertThat(send("DELETE", "weights/" + DIGEST, "").statusCode()).isEqualTo(204);
  }

  private HttpResponse<String> send(String method, String path, String body) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(
                    controller
                        .endpoint()
                        .url()
                        .resolve("/api/v1/searches/" + search + "/")
                        .resolve(path))
                .header("Authorization", "Bearer " + TOKEN)
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }
}
