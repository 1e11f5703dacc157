package dev.archipelago.deploy.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The controller's HTTP API as methods. Thread-safe.
 *
 * <p>Every method throws {@link UnreachableException} where nobody answers and {@link ApiException}
 * where the answer is an error.
 */
public final class ApiClient {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String SEARCHES = "/api/v1/searches";

  private final Endpoint endpoint;
  private final HttpClient http =
      HttpClient.newBuilder()
          .version(HttpClient.Version.HTTP_1_1)
          .connectTimeout(CONNECT_TIMEOUT)
          .build();

  public ApiClient(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  public Endpoint endpoint() {
    return endpoint;
  }

  public Answer<StatusDocument> submit(Submission submission) {
    return answer(post(SEARCHES, submission.toJson()), StatusDocument.class);
  }

  public Answer<SearchListing> searches() {
    return answer(get(SEARCHES), SearchListing.class);
  }

  public Answer<StatusDocument> status(String search) {
    return answer(get(path(search)), StatusDocument.class);
  }

  public Answer<StatusDocument> pause(String search) {
    return answer(post(path(search) + "/pause", Json.object()), StatusDocument.class);
  }

  public Answer<StatusDocument> resume(String search) {
    return answer(post(path(search) + "/resume", Json.object()), StatusDocument.class);
  }

  public Answer<StatusDocument> cancel(String search) {
    return answer(post(path(search) + "/cancel", Json.object()), StatusDocument.class);
  }

  /** One page of trials. */
  public Answer<TrialPage> trials(String search, TrialQuery query) {
    return answer(get(path(search) + "/trials" + query.toQuery()), TrialPage.class);
  }

  /** All trials that match from the query's offset on, at most {@code most}; page by page. */
  public Answer<TrialPage> allTrials(String search, TrialQuery query, int most) {
    ArrayNode all = Json.object().putArray("trials");
    List<TrialDocument> documents = new ArrayList<>();
    int total;
    int got;
    do {
      Answer<TrialPage> page = trials(search, query.from(query.offset() + documents.size()));
      page.json().path("trials").forEach(all::add);
      documents.addAll(page.value().trials());
      total = page.value().total();
      got = page.value().trials().size();
    } while (got > 0 && documents.size() < most && query.offset() + documents.size() < total);
    while (documents.size() > most) {
      documents.remove(documents.size() - 1);
      all.remove(all.size() - 1);
    }
    ObjectNode json = Json.object();
    json.set("trials", all);
    json.put("total", total);
    return new Answer<>(json, new TrialPage(documents, total));
  }

  public Answer<BestDocument> best(String search) {
    return answer(get(path(search) + "/best"), BestDocument.class);
  }

  public Answer<WorkerListing> workers() {
    return answer(get("/api/v1/workers"), WorkerListing.class);
  }

  /** The spec of a search as YAML. */
  public String spec(String search) {
    return send(request(path(search) + "/spec").GET());
  }

  /**
   * A trained network that the controller keeps.
   *
   * @param sha256 its name
   */
  public byte[] network(String search, String sha256) {
    return bytes(request(path(search) + "/networks/" + sha256).GET());
  }

  private JsonNode get(String path) {
    return json(send(request(path).GET()));
  }

  private JsonNode post(String path, JsonNode body) {
    return json(
        send(
            request(path)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body.toString()))));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(endpoint.url() + path)).timeout(TIMEOUT);
    endpoint.token().ifPresent(token -> request.header("Authorization", "Bearer " + token));
    return request;
  }

  private String send(HttpRequest.Builder request) {
    return new String(bytes(request), StandardCharsets.UTF_8);
  }

  private byte[] bytes(HttpRequest.Builder request) {
    HttpResponse<byte[]> response;
    try {
      response = http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new UnreachableException(endpoint, new InterruptedIOException("interrupted"));
    } catch (IOException e) {
      throw new UnreachableException(endpoint, e);
    }
    if (response.statusCode() / 100 != 2) {
      throw new ApiException(response.statusCode(), error(response));
    }
    return response.body();
  }

  private String error(HttpResponse<byte[]> response) {
    String said = "";
    try {
      String body = new String(response.body(), StandardCharsets.UTF_8);
      said = Json.parse(body).path("error").asText("");
    } catch (IllegalArgumentException e) {
      // Not one of ours, a proxy for instance: the status has to do.
    }
    if (!said.isEmpty()) {
      return said;
    }
    return response.statusCode() == 401
        ? endpoint + " wants a token: give it with --token or in ARCHIPELAGO_HTTP_TOKEN"
        : endpoint + " answered with HTTP status " + response.statusCode();
  }

  private JsonNode json(String body) {
    try {
      return Json.parse(body);
    } catch (IllegalArgumentException e) {
      throw new ApiException(502, endpoint + " is no Archipelago controller: " + e.getMessage());
    }
  }

  private <T> Answer<T> answer(JsonNode json, Class<T> type) {
    try {
      return new Answer<>(json, Json.read(json, type));
    } catch (IllegalArgumentException e) {
      throw new ApiException(
          502, endpoint + " answered in a form that this version does not know: " + e.getMessage());
    }
  }

  private static String path(String search) {
    return SEARCHES + "/" + URLEncoder.encode(search, StandardCharsets.UTF_8);
  }
}
