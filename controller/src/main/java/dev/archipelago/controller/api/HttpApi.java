package dev.archipelago.controller.api;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.archipelago.controller.search.Errors;
import dev.archipelago.controller.search.Question;
import dev.archipelago.controller.search.SearchCommand.Action;
import dev.archipelago.controller.search.SearchCommand.Answer;
import dev.archipelago.controller.spec.SpecException;
import dev.archipelago.controller.weights.WeightFiles;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.UnauthorizedResponse;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The service over HTTP, JSON in and out (but for {@link WeightRoutes weights}), under {@code
 * /api/v1}; {@code /healthz} and {@code /readyz} need no token.
 *
 * <p>Errors are {@code {"error": text}}: 400 a bad spec or parameter, 401 no token, 404 no such
 * search (with the nearest ids), 409 not possible in this state, 503 the cluster or the journal
 * cannot answer.
 */
public final class HttpApi implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpApi.class);
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** The largest request but for weights, which are streams; a spec is a few kilobytes. */
  private static final long LARGEST_REQUEST = 1_000_000;

  private final Service service;
  private final Optional<String> token;
  private final List<WeightRoutes> blobs;
  private final Javalin server;

  /**
   * Listens at once.
   *
   * @param port 0 for any free one
   * @param token what callers must send as {@code Authorization: Bearer}; empty for none
   * @param weights what workers keep here for later trials
   * @param networks the trained networks that workers keep here
   */
  public HttpApi(
      String host,
      int port,
      Optional<String> token,
      Service service,
      WeightFiles weights,
      WeightFiles networks) {
    this.service = service;
    this.token = token;
    this.blobs =
        List.of(
            new WeightRoutes("weights", weights, service),
            new WeightRoutes("networks", networks, service));
    this.server = Javalin.create(this::configure).start(host, port);
  }

  public int port() {
    return server.port();
  }

  @Override
  public void close() {
    server.stop();
  }

  private void configure(JavalinConfig config) {
    config.startup.showJavalinBanner = false;
    config.http.maxRequestSize = LARGEST_REQUEST;
    RoutesConfig routes = config.routes;
    routes.before("/api/*", this::authorize);
    routes.get("/healthz", context -> json(context, 200, "{\"status\":\"ok\"}"));
    routes.get("/readyz", context -> send(context, service.ready()));
    routes.get("/api/v1/searches", context -> send(context, service.list()));
    routes.post("/api/v1/searches", this::submit);
    routes.get("/api/v1/workers", context -> send(context, service.workers()));
    routes.get("/api/v1/searches/{id}", context -> ask(context, new Question.Status()));
    routes.get("/api/v1/searches/{id}/best", context -> ask(context, new Question.Best()));
    routes.get("/api/v1/searches/{id}/spec", context -> ask(context, new Question.Spec()));
    routes.get("/api/v1/searches/{id}/trials", context -> ask(context, trials(context)));
    routes.post("/api/v1/searches/{id}/pause", context -> control(context, Action.PAUSE));
    routes.post("/api/v1/searches/{id}/resume", context -> control(context, Action.RESUME));
    routes.post("/api/v1/searches/{id}/cancel", context -> control(context, Action.CANCEL));
    blobs.forEach(kind -> kind.addTo(routes));
    routes.exception(SpecException.class, (e, context) -> error(context, 400, message(e)));
    routes.exception(
        IllegalArgumentException.class, (e, context) -> error(context, 400, message(e)));
    routes.exception(UnauthorizedResponse.class, (e, context) -> error(context, 401, message(e)));
    routes.exception(CompletionException.class, (e, context) -> failed(context, e));
    routes.exception(Exception.class, (e, context) -> failed(context, e));
    routes.error(
        404,
        context -> {
          if (context.result() == null || !context.result().startsWith("{")) {
            error(context, 404, "there is nothing at " + context.path());
          }
        });
  }

  private void authorize(Context context) {
    if (token.isEmpty()) {
      return;
    }
    String sent = Optional.ofNullable(context.header("Authorization")).orElse("");
    byte[] expected = ("Bearer " + token.get()).getBytes(StandardCharsets.UTF_8);
    if (!MessageDigest.isEqual(expected, sent.getBytes(StandardCharsets.UTF_8))) {
      throw new UnauthorizedResponse(
          "this controller wants a token: --token, or the header Authorization: Bearer TOKEN");
    }
  }

  private void submit(Context context) throws JsonProcessingException {
    JsonNode body;
    try {
      body = MAPPER.readTree(context.body());
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the body is not JSON: " + e.getOriginalMessage(), e);
    }
    if (!body.path("spec").isTextual()) {
      throw new IllegalArgumentException(
          "the body needs a text \"spec\" (YAML); it may have \"file\", \"set\" and \"name\"");
    }
    List<String> overrides = new ArrayList<>();
    body.path("set").forEach(override -> overrides.add(override.asText()));
    Optional<String> name =
        body.hasNonNull("name") ? Optional.of(body.get("name").asText()) : Optional.empty();
    send(
        context,
        service.submit(
            body.get("spec").asText(), body.path("file").asText("spec"), overrides, name));
  }

  private void ask(Context context, Question question) {
    send(context, service.ask(context.pathParam("id"), question));
  }

  private void control(Context context, Action action) {
    send(context, service.control(context.pathParam("id"), action));
  }

  private static Question trials(Context context) {
    return new Question.Trials(
        parameter(context, "arm", Function.identity(), ""),
        parameter(context, "stage", Function.identity(), ""),
        parameter(context, "state", Function.identity(), ""),
        parameter(context, "offset", Integer::valueOf, 0),
        parameter(context, "limit", Integer::valueOf, 100));
  }

  private static <T> T parameter(
      Context context, String name, Function<String, T> read, T otherwise) {
    String value = context.queryParam(name);
    if (value == null) {
      return otherwise;
    }
    try {
      return read.apply(value);
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(name + " must be a whole number, got " + value, e);
    }
  }

  private static void send(Context context, CompletionStage<Answer> answer) {
    context.future(
        () ->
            answer
                .toCompletableFuture()
                .thenAccept(
                    done -> {
                      boolean document = done.json().startsWith("{");
                      context
                          .status(done.status())
                          .contentType(document ? "application/json" : "text/plain; charset=utf-8")
                          .result(done.json());
                    }));
  }

  private static void failed(Context context, Exception e) {
    Throwable cause = e instanceof CompletionException && e.getCause() != null ? e.getCause() : e;
    if (cause instanceof SpecException || cause instanceof IllegalArgumentException) {
      error(context, 400, message(cause));
    } else if (cause instanceof TimeoutException) {
      error(context, 503, "the cluster did not answer in time; try again");
    } else {
      LOG.error("{} {} failed", context.method(), context.path(), cause);
      error(context, 503, message(cause));
    }
  }

  private static String message(Throwable e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  private static void error(Context context, int status, String message) {
    json(context, status, Errors.json(message));
  }

  private static void json(Context context, int status, String document) {
    context.status(status).contentType("application/json").result(document);
  }
}
