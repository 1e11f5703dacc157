package dev.archipelago.worker.data;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Downloads one file from the first of several sources that has it whole; resumes where it can. */
final class Downloader {
  /** Connections to one source, as long as each brings bytes. */
  private static final int ATTEMPTS = 5;

  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;

  private final HttpClient client;
  private final FetchProgress progress;

  /** Says no, with the reason, to a file that is not what was wanted. */
  interface Check {
    void verify() throws IOException;
  }

  Downloader(HttpClient client, FetchProgress progress) {
    this.client = client;
    this.progress = progress;
  }

  /**
   * @param part receives the bytes; those it has already are kept if the check likes the result
   * @throws IOException with every source's reason; {@code part} is then gone or can be resumed
   */
  void download(List<URI> sources, Path part, Check check)
      throws IOException, InterruptedException {
    List<String> reasons = new ArrayList<>();
    for (URI source : sources) {
      for (int attempt = 1; attempt <= ATTEMPTS; attempt++) {
        long before = size(part);
        try {
          transfer(source, part);
        } catch (IOException e) {
          reasons.add(source + ": " + reason(e));
          if (size(part) > before) {
            continue;
          }
          break;
        }
        try {
          check.verify();
          return;
        } catch (IOException e) {
          Files.deleteIfExists(part);
          reasons.add(source + ": " + reason(e));
          if (before == 0) {
            break;
          }
          // What an earlier fetch left may have been at fault: once more, from the start.
        }
      }
    }
    if (size(part) == 0) {
      Files.deleteIfExists(part);
    }
    throw new IOException("could not be fetched: " + String.join("; ", reasons));
  }

  private void transfer(URI source, Path part) throws IOException, InterruptedException {
    try (FileChannel file =
        FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      lock(file, part);
      long start = file.size();
      HttpRequest.Builder request = HttpRequest.newBuilder(source).timeout(Duration.ofMinutes(1));
      if (start > 0) {
        request.header("Range", "bytes=" + start + "-");
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        if (response.statusCode() == RANGE_NOT_SATISFIABLE) {
          return; // nothing beyond what is here: the check decides
        }
        if (response.statusCode() != OK && response.statusCode() != PARTIAL) {
          throw new IOException("HTTP status " + response.statusCode());
        }
        if (response.statusCode() == OK) {
          file.truncate(0);
        }
        append(body, file, name(source), length(response));
      }
    }
  }

  private void append(InputStream body, FileChannel file, String name, long length)
      throws IOException {
    long at = file.size();
    long total = length < 0 ? -1 : at + length;
    file.position(at);
    progress.at(name, at, total);
    byte[] chunk = new byte[1 << 16];
    for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
      ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, n);
      while (bytes.hasRemaining()) {
        at += file.write(bytes);
      }
      progress.at(name, at, total);
    }
    file.force(true);
  }

  /** Holds until the file is closed. */
  private static void lock(FileChannel file, Path part) throws IOException {
    FileLock lock;
    try {
      lock = file.tryLock();
    } catch (OverlappingFileLockException e) {
      lock = null;
    }
    if (lock == null) {
      throw new IOException("another fetch is writing " + part);
    }
  }

  private static long length(HttpResponse<?> response) {
    return response.headers().firstValueAsLong("Content-Length").orElse(-1);
  }

  private static long size(Path part) throws IOException {
    return Files.exists(part) ? Files.size(part) : 0;
  }

  private static String name(URI source) {
    return source.getPath().substring(source.getPath().lastIndexOf('/') + 1);
  }

  private static String reason(IOException e) {
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }
}
