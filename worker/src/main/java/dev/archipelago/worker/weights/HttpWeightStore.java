package dev.archipelago.worker.weights;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.archipelago.protocol.weights.BlobDirectory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A search's blobs at a controller, {@code /api/v1/searches/SEARCH/weights/SHA-256} or {@code
 * .../networks/SHA-256}.
 *
 * <p>A controller that cannot be reached may be starting again: it is tried {@value #ATTEMPTS}
 * times within about 45 seconds. What it refuses stays refused. The controller checks the digest of
 * what it is sent, the store that of what it gets.
 */
final class HttpWeightStore implements WeightStore {
  private static final Logger LOG = LoggerFactory.getLogger(HttpWeightStore.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static final int ATTEMPTS = 10;
  private static final long FIRST_WAIT_MILLIS = 250;
  private static final long LONGEST_WAIT_MILLIS = 10_000;
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);

  /** For 2 GiB over a slow network. */
  private static final Duration ANSWER_WITHIN = Duration.ofMinutes(10);

  /** How soon a cancellation is seen. */
  private static final long SLICE_MILLIS = 100;

  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_WITHIN)
          .build();

  /** {@link Thread#sleep(long)}. */
  interface Sleep {
    void millis(long millis) throws InterruptedException;
  }

  private final WeightStores.Http place;
  private final String path;
  private final BooleanSupplier cancelled;
  private final Sleep sleep;

  /**
   * @param path of the blobs, below {@code /api/v1/}
   */
  HttpWeightStore(WeightStores.Http place, String path, BooleanSupplier cancelled, Sleep sleep) {
    this.place = place;
    this.path = path;
    this.cancelled = cancelled;
    this.sleep = sleep;
  }

  static HttpWeightStore of(WeightStores.Http place, String path, BooleanSupplier cancelled) {
    return new HttpWeightStore(place, path, cancelled, Thread::sleep);
  }

  /** Asks before it sends: who is refused in the middle of a large body does not hear why. */
  @Override
  public String put(byte[] blob) throws IOException {
    String digest = DirectoryWeightStore.digest(blob);
    HttpResponse<byte[]> known = answer(request(digest).method("HEAD", BodyPublishers.noBody()));
    if (!isGood(known) && known.statusCode() != 404) {
      throw new IOException(said(known));
    }
    HttpResponse<byte[]> kept = answer(request(digest).PUT(BodyPublishers.ofByteArray(blob)));
    if (!isGood(kept)) {
      throw new IOException(said(kept));
    }
    return digest;
  }

  @Override
  public Optional<byte[]> get(String sha256) {
    if (!BlobDirectory.isDigest(sha256)) {
      return Optional.empty();
    }
    try {
      HttpResponse<byte[]> answer = answer(request(sha256).GET());
      if (!isGood(answer)) {
        LOG.warn("no weights {}: {}", sha256, said(answer));
      } else if (DirectoryWeightStore.digest(answer.body()).equals(sha256)) {
        return Optional.of(answer.body());
      } else {
        LOG.warn("{} does not give what the name {} says; it counts as absent", place, sha256);
      }
    } catch (IOException e) {
      LOG.warn("no weights {}: {}", sha256, e.getMessage());
    }
    return Optional.empty();
  }

  /** Once: what stays goes when the search is over, and a round waits for this. */
  @Override
  public void remove(String sha256) {
    if (!BlobDirectory.isDigest(sha256)) {
      return;
    }
    try {
      HttpResponse<byte[]> answer = answer(request(sha256).DELETE(), 1);
      if (!isGood(answer)) {
        LOG.warn("the weights {} stay: {}", sha256, said(answer));
      }
    } catch (IOException e) {
      LOG.warn("the weights {} stay: {}", sha256, e.getMessage());
    }
  }

  private HttpRequest.Builder request(String sha256) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(place.controller() + "/api/v1/" + path + "/" + sha256));
    place.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }

  private HttpResponse<byte[]> answer(HttpRequest.Builder request) throws IOException {
    return answer(request, ATTEMPTS);
  }

  private HttpResponse<byte[]> answer(HttpRequest.Builder request, int attempts)
      throws IOException {
    long wait = FIRST_WAIT_MILLIS;
    for (int attempt = 1; true; attempt++) {
      try {
        HttpResponse<byte[]> answer = once(request.build());
        if (!isBusy(answer) || attempt == attempts) {
          return answer;
        }
        LOG.info("{}; trying again", said(answer));
      } catch (HttpConnectTimeoutException e) {
        unreachable(e, attempt == attempts);
      } catch (HttpTimeoutException e) {
        throw e; // it had its time
      } catch (IOException e) {
        unreachable(e, attempt == attempts);
      }
      pause(wait);
      wait = Math.min(2 * wait, LONGEST_WAIT_MILLIS);
    }
  }

  private void unreachable(IOException why, boolean last) throws IOException {
    String text =
        "%s cannot be reached (%s); the worker's --weights must name the controller's HTTP address"
            .formatted(place, why);
    if (last) {
      throw new IOException(text, why);
    }
    LOG.info("{}; trying again", text);
  }

  private HttpResponse<byte[]> once(HttpRequest request) throws IOException {
    long begin = System.nanoTime();
    CompletableFuture<HttpResponse<byte[]>> reply =
        HTTP.sendAsync(request, BodyHandlers.ofByteArray());
    try {
      while (System.nanoTime() - begin < ANSWER_WITHIN.toNanos()) {
        stopIfCancelled();
        try {
          return reply.get(SLICE_MILLIS, TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
          // Is it still wanted?
        }
      }
      throw new HttpTimeoutException(place + " did not answer in " + ANSWER_WITHIN);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof IOException trouble ? trouble : new IOException(e.getCause());
    } catch (InterruptedException e) {
      throw interrupted();
    } finally {
      reply.cancel(true); // of what is done already: nothing
    }
  }

  private void pause(long millis) {
    try {
      for (long left = millis; left > 0; left -= SLICE_MILLIS) {
        stopIfCancelled();
        sleep.millis(Math.min(left, SLICE_MILLIS));
      }
    } catch (InterruptedException e) {
      throw interrupted();
    }
  }

  private void stopIfCancelled() {
    if (cancelled.getAsBoolean()) {
      throw new CancellationException("cancelled on the way to or from the weights");
    }
  }

  private static CancellationException interrupted() {
    Thread.currentThread().interrupt();
    return new CancellationException("interrupted on the way to or from the weights");
  }

  private static boolean isGood(HttpResponse<byte[]> answer) {
    return answer.statusCode() / 100 == 2;
  }

  /** The controller, or a proxy before it, cannot answer now. */
  private static boolean isBusy(HttpResponse<byte[]> answer) {
    return answer.statusCode() >= 502 && answer.statusCode() <= 504;
  }

  private String said(HttpResponse<byte[]> answer) {
    if (answer.statusCode() == 401) {
      return place
          + " wants its token: start the worker with --token, or with ARCHIPELAGO_HTTP_TOKEN";
    }
    return "%s answers %d %s".formatted(place, answer.statusCode(), error(answer.body())).strip();
  }

  private static String error(byte[] body) {
    try {
      return MAPPER.readTree(body).path("error").asText();
    } catch (IOException e) {
      return ""; // not a controller's
    }
  }
}
