package dev.archipelago.controller.api;

import dev.archipelago.controller.search.Errors;
import dev.archipelago.controller.search.SearchCommand.Answer;
import dev.archipelago.controller.weights.BlobTooLargeException;
import dev.archipelago.controller.weights.WeightFiles;
import dev.archipelago.controller.weights.WeightFiles.Opened;
import dev.archipelago.protocol.trial.SearchId;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Weights for workers that share no directory, and the trained networks that searches end with:
 * {@code GET}, {@code HEAD}, {@code PUT} and {@code DELETE} of {@code
 * /api/v1/searches/ID/weights/SHA-256} and {@code .../networks/SHA-256}, bytes in and out.
 *
 * <p>A {@code PUT} answers 201 when the blob is on the disk, also where it was already; 400 where
 * the digest is another, 404 for an unknown search, 409 where the search is over, 413 for more than
 * 2 GiB, 507 where it cannot be written. In all of these nothing is kept.
 */
final class WeightRoutes {
  private static final Logger LOG = LoggerFactory.getLogger(WeightRoutes.class);
  private final String path;
  private final WeightFiles files;
  private final Service service;

  /**
   * @param kind {@code weights} or {@code networks}
   */
  WeightRoutes(String kind, WeightFiles files, Service service) {
    this.path = "/api/v1/searches/{id}/" + kind + "/{sha256}";
    this.files = files;
    this.service = service;
  }

  void addTo(RoutesConfig routes) {
    routes.head(path, this::head);
    routes.get(path, this::get);
    routes.put(path, this::put);
    routes.delete(path, this::delete);
  }

  private void head(Context context) throws IOException {
    Optional<Opened> blob = open(context);
    if (blob.isPresent()) {
      blob.get().content().close();
    }
  }

  private void get(Context context) throws IOException {
    open(context).ifPresent(blob -> context.result(blob.content()));
  }

  private Optional<Opened> open(Context context) throws IOException {
    Optional<Opened> blob = files.open(search(context), sha256(context));
    if (blob.isPresent()) {
      context.disableCompression().contentType("application/octet-stream");
      context.res().setContentLengthLong(blob.get().bytes());
    } else {
      send(context, 404, Errors.json("there are no weights " + sha256(context)));
    }
    return blob;
  }

  private void put(Context context) throws IOException {
    SearchId search = search(context);
    Optional<Answer> refusal = service.refusesWeights(search);
    if (refusal.isPresent()) {
      refuse(context, refusal.get().status(), refusal.get().json());
      return;
    }
    try {
      if (context.req().getContentLengthLong() > WeightFiles.LARGEST) {
        throw new BlobTooLargeException();
      }
      files.keep(search, sha256(context), context.bodyInputStream());
      context.status(201);
    } catch (BlobTooLargeException e) {
      refuse(context, 413, Errors.json(BlobTooLargeException.TEXT));
    } catch (IOException e) {
      LOG.warn(
          "the weights {} of search {} are not kept: {}", sha256(context), search, e.toString());
      send(context, 507, Errors.json("the weights cannot be kept: " + e));
    }
  }

  /** Who is still sending does not listen yet; a body without end is not listened to. */
  private static void refuse(Context context, int status, String document) throws IOException {
    InputStream body = context.bodyInputStream();
    byte[] buffer = new byte[1 << 16];
    for (long left = 2 * WeightFiles.LARGEST; left > 0; ) {
      int read = body.read(buffer);
      left = read < 0 ? 0 : left - read;
    }
    send(context, status, document);
  }

  private void delete(Context context) throws IOException {
    files.remove(search(context), sha256(context));
    context.status(204);
  }

  private static SearchId search(Context context) {
    return new SearchId(context.pathParam("id"));
  }

  private static String sha256(Context context) {
    return context.pathParam("sha256");
  }

  private static void send(Context context, int status, String document) {
    context.status(status).contentType("application/json").result(document);
  }
}
