package dev.archipelago.worker.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.archipelago.protocol.trial.Examples;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetches from a server on the loopback that can break off, forget ranges, and lie. */
class FetcherTest {
  @TempDir private Path directory;

  private HttpServer server;
  private URI base;
  private final Map<String, byte[]> served = new ConcurrentHashMap<>();
  private final List<String> requests = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> breakAfter = new ConcurrentHashMap<>();
  private volatile boolean ranges = true;

  @BeforeEach
  void startServer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
    base = URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/data/");
    for (Map.Entry<String, byte[]> file : TinySet.FILES.entrySet()) {
      served.put("/data/" + file.getKey() + ".gz", TinySet.gzip(file.getValue()));
    }
  }

  @AfterEach
  void stopServer() {
    server.stop(0);
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      String range = exchange.getRequestHeaders().getFirst("Range");
      requests.add(path + (range == null ? "" : " " + range));
      byte[] body = served.get(path);
      if (body == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      int start = 0;
      if (range != null && ranges) {
        start = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
        if (start >= body.length) {
          exchange.sendResponseHeaders(416, -1);
          return;
        }
      }
      exchange.sendResponseHeaders(start > 0 ? 206 : 200, body.length - start);
      Integer most = breakAfter.remove(path);
      int length = most == null ? body.length - start : most;
      exchange.getResponseBody().write(body, start, length);
      exchange.getResponseBody().flush();
    }
  }

  @Test
  void fetchesVerifiesAndLeavesNothingElse() throws Exception {
    List<String> progress = new ArrayList<>();
    Path where =
        datasets(files())
            .fetch("tiny", directory.toString(), (f, bytes, total) -> progress.add(f + total));
    assertThat(where).isEqualTo(directory);
    assertThat(names())
        .containsExactly(
            "tiny-test-images.gz",
            "tiny-test-labels.gz",
            "tiny-train-images.gz",
            "tiny-train-labels.gz");
    assertThat(datasets(files()).probe("tiny", directory.toString(), new Examples.Images(0)))
        .isEqualTo(TinySet.TASK);
    int total = served.get("/data/tiny-train-images.gz").length;
    assertThat(progress).contains("tiny-train-images.gz" + total);
  }

  @Test
  void putsADataSetWithoutAPathIntoTheDataDirectory() throws Exception {
    Path where = datasets(files()).fetch("tiny", "", (f, b, t) -> {});
    assertThat(where).isEqualTo(directory.resolve("tiny"));
    assertThat(datasets(files()).probe("tiny", "", new Examples.Images(0))).isEqualTo(TinySet.TASK);
  }

  @Test
  void fetchesOnlyWhatIsMissingOrBroken() throws Exception {
    TinySet.write(directory);
    Files.writeString(directory.resolve("tiny-train-labels"), "spoilt");
    Files.delete(directory.resolve("tiny-test-images"));
    fetch(files());
    assertThat(requests).containsExactly("/data/tiny-train-labels.gz", "/data/tiny-test-images.gz");
    assertThat(directory.resolve("tiny-train-labels.corrupted")).hasContent("spoilt");
    assertThat(datasets(files()).check("tiny", directory.toString())).allMatch(FileReport::good);
    requests.clear();
    fetch(files());
    assertThat(requests).isEmpty();
  }

  @Test
  void goesOnWhereAConnectionBroke() throws Exception {
    breakAfter.put("/data/tiny-train-images.gz", 11);
    fetch(files());
    assertThat(requests)
        .startsWith("/data/tiny-train-images.gz", "/data/tiny-train-images.gz bytes=11-");
    assertThat(datasets(files()).probe("tiny", directory.toString(), new Examples.Images(0)))
        .isEqualTo(TinySet.TASK);
  }

  @Test
  void goesOnWhereAnEarlierFetchEnded() throws Exception {
    byte[] whole = served.get("/data/tiny-train-images.gz");
    Files.write(directory.resolve(".tiny-train-images.gz.part"), Arrays.copyOf(whole, 20));
    fetch(files());
    assertThat(requests).startsWith("/data/tiny-train-images.gz bytes=20-");
    assertThat(directory.resolve("tiny-train-images.gz")).hasBinaryContent(whole);
  }

  @Test
  void takesAnEarlierFetchThatLackedOnlyItsName() throws Exception {
    byte[] whole = served.get("/data/tiny-train-images.gz");
    Files.write(directory.resolve(".tiny-train-images.gz.part"), whole);
    fetch(files());
    assertThat(directory.resolve("tiny-train-images.gz")).hasBinaryContent(whole);
  }

  @Test
  void startsAnewWhereTheServerKnowsNoRanges() throws Exception {
    ranges = false;
    byte[] whole = served.get("/data/tiny-train-images.gz");
    Files.write(directory.resolve(".tiny-train-images.gz.part"), new byte[20]);
    fetch(files());
    assertThat(directory.resolve("tiny-train-images.gz")).hasBinaryContent(whole);
  }

  @Test
  void startsAnewWhereTheOldBeginningWasRotten() throws Exception {
    byte[] whole = served.get("/data/tiny-train-images.gz");
    Files.write(directory.resolve(".tiny-train-images.gz.part"), new byte[20]);
    fetch(files());
    assertThat(requests)
        .startsWith("/data/tiny-train-images.gz bytes=20-", "/data/tiny-train-images.gz");
    assertThat(directory.resolve("tiny-train-images.gz")).hasBinaryContent(whole);
  }

  @Test
  void triesTheNextMirror() throws Exception {
    served.put("/bad/tiny-train-images.gz", TinySet.gzip(new byte[52]));
    fetch(new Origin.Files(List.of(base.resolve("/bad/"), base.resolve("/gone/"), base)));
    assertThat(requests)
        .startsWith(
            "/bad/tiny-train-images.gz",
            "/gone/tiny-train-images.gz",
            "/data/tiny-train-images.gz");
    assertThat(datasets(files()).probe("tiny", directory.toString(), new Examples.Images(0)))
        .isEqualTo(TinySet.TASK);
  }

  @Test
  void saysWhatEverySourceAnsweredAndLeavesNothing() throws Exception {
    served.put("/data/tiny-train-images.gz", TinySet.gzip(new byte[52]));
    assertThatThrownBy(() -> fetch(new Origin.Files(List.of(base.resolve("/gone/"), base))))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("/gone/tiny-train-images.gz: HTTP status 404")
        .hasMessageContaining("/data/tiny-train-images.gz: tiny-train-images.gz is corrupted");
    assertThat(names()).isEmpty();
  }

  @Test
  void unpacksAnArchive() throws Exception {
    byte[] archive = archive("tiny-folder");
    served.put("/data/tiny.tar.gz", archive);
    breakAfter.put("/data/tiny.tar.gz", archive.length / 2);
    fetch(archive(archive));
    assertThat(names())
        .containsExactly(
            "tiny-test-images", "tiny-test-labels", "tiny-train-images", "tiny-train-labels");
    assertThat(directory.resolve("tiny-train-images"))
        .hasBinaryContent(TinySet.FILES.get("tiny-train-images"));
    assertThat(requests).hasSize(2);
    fetch(archive(archive));
    assertThat(requests).as("all is there").hasSize(2);
  }

  @Test
  void findsFilesInTheFolderThatAnArchiveMakes() throws Exception {
    Path folder = Files.createDirectories(directory.resolve("tiny-folder"));
    TinySet.write(folder);
    fetch(archive(archive("tiny-folder")));
    assertThat(requests).isEmpty();
  }

  @Test
  void refusesAnArchiveWithoutTheFiles() throws Exception {
    byte[] archive = archive("elsewhere");
    served.put("/data/tiny.tar.gz", archive);
    assertThatThrownBy(() -> fetch(archive(archive)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("tiny.tar.gz does not contain tiny-train-images");
  }

  private Origin files() {
    return new Origin.Files(List.of(base));
  }

  private Origin archive(byte[] archive) {
    return new Origin.Archive(
        TinySet.published("tiny.tar.gz", archive), List.of(base), "tiny-folder");
  }

  private Datasets datasets(Origin origin) {
    return new Datasets(directory, List.of(TinySet.set(origin)));
  }

  private void fetch(Origin origin) throws IOException, InterruptedException {
    datasets(origin).fetch("tiny", directory.toString(), (f, b, t) -> {});
  }

  private List<String> names() throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.map(e -> directory.relativize(e).toString()).sorted().toList();
    }
  }

  /** A tar archive as tar writes it: a folder, then files, padded; then two empty blocks. */
  private static byte[] archive(String folder) throws IOException {
    ByteArrayOutputStream tar = new ByteArrayOutputStream();
    tar.write(header(folder + "/", 0, '5'));
    for (Map.Entry<String, byte[]> file : TinySet.FILES.entrySet()) {
      tar.write(header(folder + "/" + file.getKey(), file.getValue().length, '0'));
      tar.write(file.getValue());
      tar.write(new byte[512 - file.getValue().length % 512]);
    }
    tar.write(new byte[1024]);
    return TinySet.gzip(tar.toByteArray());
  }

  private static byte[] header(String name, int size, char type) {
    byte[] header = new byte[512];
    put(header, 0, name);
    put(header, 124, String.format(Locale.ROOT, "%011o", size));
    header[156] = (byte) type;
    put(header, 257, "ustar");
    return header;
  }

  private static void put(byte[] header, int at, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, header, at, bytes.length);
  }
}
