package dev.archipelago.deploy.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.deploy.client.Endpoint;
import dev.archipelago.deploy.settings.DataDirectory;
import dev.archipelago.deploy.support.FakeApi;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TenancyTest {
  private static final Duration SHORT = Duration.ofMillis(300);

  @TempDir private Path root;
  private DataDirectory directory;
  private final FakeApi api = new FakeApi(Optional.of("secret"));

  @BeforeEach
  void start() {
    directory = new DataDirectory(root);
    api.onGet("/searches", "{\"searches\": []}");
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void theFirstHasItAndTheNextIsSentThere() {
    try (Tenancy.Mine mine = mine()) {
      mine.publish(api.endpoint());

      Tenancy second = Tenancy.of(directory);

      assertThat(second)
          .isInstanceOfSatisfying(
              Tenancy.Theirs.class,
              theirs -> {
                assertThat(theirs.client().endpoint()).isEqualTo(api.endpoint());
                assertThat(theirs.pid()).isEqualTo(ProcessHandle.current().pid());
              });
    }
    mine().close();
  }

  @Test
  void onlyTheOwnerCanReadTheToken() throws Exception {
    try (Tenancy.Mine mine = mine()) {
      mine.publish(api.endpoint());

      assertThat(Files.readString(directory.endpoint())).contains("\"secret\"", "\"pid\"");
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.endpoint())))
          .isEqualTo("rw-------");
    }
    assertThat(directory.endpoint()).doesNotExist();
  }

  @Test
  void whatAKilledProcessLeftBehindIsIgnored() throws Exception {
    Files.writeString(
        directory.create().endpoint(),
        "{\"url\": \"" + api.endpoint().url() + "\", \"token\": \"secret\", \"pid\": 1}");

    try (Tenancy.Mine mine = mine()) {
      assertThat(directory.endpoint()).doesNotExist();
      assertThat(mine).isNotNull();
    }
  }

  @Test
  void waitsForOneThatIsStillStarting() {
    try (Tenancy.Mine mine = mine()) {
      CompletableFuture<Tenancy> waiting =
          CompletableFuture.supplyAsync(() -> Tenancy.of(directory));
      mine.publish(api.endpoint());

      assertThat(waiting.join()).isInstanceOf(Tenancy.Theirs.class);
    }
  }

  @Test
  void takesOverFromOneThatEndsWithoutAnswering() throws Exception {
    Tenancy.Mine mine = mine();
    CompletableFuture<Tenancy> waiting = CompletableFuture.supplyAsync(() -> Tenancy.of(directory));
    mine.close();

    Tenancy.Mine next = (Tenancy.Mine) waiting.join();
    next.close();
  }

  @Test
  void ofManyAtOnceOneHasIt() {
    List<CompletableFuture<Tenancy>> all =
        Stream.generate(
                () ->
                    CompletableFuture.supplyAsync(
                        () -> {
                          Tenancy tenancy = Tenancy.of(directory);
                          if (tenancy instanceof Tenancy.Mine mine) {
                            mine.publish(api.endpoint());
                          }
                          return tenancy;
                        }))
            .limit(8)
            .toList();

    List<Tenancy.Mine> owners =
        all.stream()
            .map(CompletableFuture::join)
            .filter(Tenancy.Mine.class::isInstance)
            .map(Tenancy.Mine.class::cast)
            .toList();

    assertThat(owners).hasSize(1);
    owners.get(0).close();
  }

  @Test
  void givesUpOnOneThatNeverAnswers() {
    try (Tenancy.Mine mine = mine()) {
      mine.publish(new Endpoint(api.endpoint().url(), Optional.of("another's token")));

      assertThatThrownBy(() -> Tenancy.of(directory, SHORT))
          .hasMessageContaining("does not answer")
          .hasMessageContaining("process " + ProcessHandle.current().pid())
          .hasMessageContaining("--data-dir");
    }
  }

  @Test
  void halfAFileIsNone() throws Exception {
    try (Tenancy.Mine mine = mine()) {
      mine.publish(api.endpoint());
      for (String text : List.of("", "{", "[]", "{\"url\": \"\"}", "{\"url\": \"::\"}")) {
        Files.writeString(directory.endpoint(), text);
        assertThat(new EndpointFile(directory.endpoint()).read()).as(text).isEmpty();
      }
    }
  }

  private Tenancy.Mine mine() {
    return (Tenancy.Mine) Tenancy.of(directory);
  }
}
