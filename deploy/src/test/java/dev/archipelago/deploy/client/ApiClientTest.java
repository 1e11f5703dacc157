package dev.archipelago.deploy.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.archipelago.deploy.exit.CommandException;
import dev.archipelago.deploy.exit.ExitCode;
import dev.archipelago.deploy.support.FakeApi;
import dev.archipelago.deploy.support.Samples;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ApiClientTest {
  private final FakeApi api = new FakeApi();
  private final ApiClient client = new ApiClient(api.endpoint());

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  void submitsASpecWithItsChanges() {
    api.onPost("/searches", 201, Samples.status("s1", "RUNNING", "search", 0));

    Answer<StatusDocument> answer =
        client.submit(new Submission("a: 1", "f.yaml", List.of("seed=2"), Optional.of("mine")));

    assertThat(answer.value().id()).isEqualTo("s1");
    assertThat(Json.parse(api.requests().get(0).body()))
        .isEqualTo(
            Json.parse(
                """
                {"spec": "a: 1", "file": "f.yaml", "set": ["seed=2"], "name": "mine"}
                """));
  }

  @Test
  void readsAStatusAndLeavesOutWhatIsNotThere() {
    api.onGet("/searches/s1", Samples.status("s1", "RUNNING", "search", 4));

    StatusDocument status = client.status("s1").value();

    assertThat(status.state()).isEqualTo(SearchState.RUNNING);
    assertThat(status.armsOrNone()).hasSize(2);
    assertThat(status.armsOrNone().get(1).best()).isNull();
    assertThat(status.winner()).isNull();
  }

  @Test
  void readsADocumentOfANewerServer() {
    api.onGet(
        "/searches/s1",
        "{\"id\": \"s1\", \"name\": \"n\", \"state\": \"DREAMING\", \"colour\": \"blue\"}");

    assertThat(client.status("s1").value().state()).isEqualTo(SearchState.UNKNOWN);
  }

  @Test
  void fetchesAllTrialsPageByPage() {
    api.onGet(
        "/searches/s1/trials",
        Samples.trials(4, Samples.trial(0, "COMPLETED"), Samples.trial(1, "FAILED")));

    Answer<TrialPage> all = client.allTrials("s1", TrialQuery.all(), Integer.MAX_VALUE);

    assertThat(all.value().trials()).hasSize(4);
    assertThat(all.json().path("trials")).hasSize(4);
    assertThat(api.requests())
        .extracting(FakeApi.Request::query)
        .containsExactly("?offset=0&limit=500".substring(1), "offset=2&limit=500");
  }

  @Test
  void fetchesNoMoreTrialsThanAskedFor() {
    api.onGet(
        "/searches/s1/trials",
        Samples.trials(9, Samples.trial(0, "COMPLETED"), Samples.trial(1, "FAILED")));

    assertThat(client.allTrials("s1", TrialQuery.all(), 3).json().path("trials")).hasSize(3);
  }

  @Test
  void passesTheServersWordsOn() {
    api.onPost("/searches", 400, "{\"error\": \"f.yaml:1: unknown key\\nallowed: a\"}");

    assertThatThrownBy(() -> client.submit(new Submission("", "f", List.of(), Optional.empty())))
        .isInstanceOfSatisfying(ApiException.class, e -> assertThat(e.isRefusal()).isTrue())
        .hasMessage("f.yaml:1: unknown key\nallowed: a");
  }

  @Test
  void saysWhatToDoWithoutTheToken() {
    try (FakeApi guarded = new FakeApi(Optional.of("secret"))) {
      ApiClient stranger = new ApiClient(new Endpoint(guarded.endpoint().url(), Optional.empty()));

      assertThatThrownBy(stranger::searches).hasMessageContaining("--token");
      guarded.onGet("/searches", "{\"searches\": []}");
      assertThat(new ApiClient(guarded.endpoint()).searches().value().searches()).isEmpty();
    }
  }

  @Test
  void aPageOfAnotherServerIsNoAnswer() {
    api.onGet("/searches", "<html>router</html>");

    assertThatThrownBy(client::searches).hasMessageContaining("is no Archipelago controller");
  }

  @Test
  void saysWhereNobodyAnswers() {
    FakeApi gone = new FakeApi();
    Endpoint endpoint = gone.endpoint();
    gone.close();

    assertThatThrownBy(() -> new ApiClient(endpoint).searches())
        .isInstanceOf(UnreachableException.class)
        .hasMessageContaining(endpoint.url().toString());
  }

  @Test
  void understandsAddressesAsPeopleWriteThem() {
    assertThat(Endpoint.parse("localhost:8600", Optional.empty()).url())
        .hasToString("http://localhost:8600");
    assertThat(Endpoint.parse("https://nas.example/", Optional.empty()).url())
        .hasToString("https://nas.example");
    for (String bad : List.of("", "ftp://host", "http://", "a b", "http://host?x=1")) {
      assertThatThrownBy(() -> Endpoint.parse(bad, Optional.empty()))
          .as(bad)
          .isInstanceOfSatisfying(
              CommandException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.BAD_INPUT));
    }
  }

  @Test
  void neverShowsTheToken() {
    assertThat(Endpoint.parse("h:1", Optional.of("secret")).toString()).doesNotContain("secret");
  }
}
