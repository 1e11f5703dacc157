package dev.archipelago.controller.spec;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class SpecNotesTest {
  private static final String SPEC =
      """
      dataset: fashion-mnist-mini
      space: {kind: chain, layers: 4, kernels: [3, 5], filters: [8, 16, 32]}
      strategy: {kind: reinforce, window: 4}
      evaluation: {epochs: 1}
      baseline: {kind: random, match: trials}
      budget: {trials: 20}
      """;

  @Test
  void countsTheSpaceAndTheTrials() {
    assertThat(notes())
        .contains(
            "The space has 2,654,208 architectures in 19 decisions.",
            "At most 48 networks are trained: for the search and for its random baseline each, 20"
                + " of 1 epoch, the best 3 again for 6 epochs, and the winner of these for 6"
                + " epochs.",
            "At most 4 trials run at once (strategy.window), however many workers there are.");
  }

  @Test
  void countsWhatABaselineOfEqualDeviceTimeRungsAndReferencesAdd() {
    assertThat(
            notes(
                "baseline={kind: random, references: [resnet-18]}",
                "schedule={kind: successive-halving, rungs: [synflow, 1], eta: 10}"))
        .contains(
            "The search trains at most 24 networks: 20 of up to 1 epoch (rungs synflow, 1), the"
                + " best 3 again for 6 epochs, and the winner of these for 6 epochs.",
            "Its random baseline goes through the same stages in as much of the workers' time, but"
                + " begins at most 200 networks.",
            "Beside them 1 published network is trained for 6 epochs.");
  }

  @Test
  void aSpaceSmallerThanTheBudgetIsNamed() {
    assertThat(notes("space={kind: chain, layers: 1, kernels: [3], strides: [1], filters: [8]}"))
        .contains(
            "The space has 1 architectures in 4 decisions. That is fewer than the 20 trials: some"
                + " will be trained again.");
  }

  @Test
  void largeSpacesAreWrittenShort() {
    assertThat(notes("space.layers=32", "constraints.params=none").get(0))
        .isEqualTo("The space has 1.4e184 architectures in 593 decisions.");
  }

  @Test
  void saysWhatTheValidationSetCanTell() {
    assertThat(notes("dataset.limit=5000"))
        .contains(
            "1,000 images are held out for validation: near 90 % accuracy the standard error is"
                + " 0.95 points, so that two networks less than 2.7 points apart may well be"
                + " equal.");
  }

  @Test
  void saysHowManyKeepWithinTheConstraints() {
    assertThat(notes("constraints.params=200k"))
        .anyMatch(
            note -> note.matches("Of 200 architectures drawn at random, \\d+ % keep within.*"));
  }

  @Test
  void saysWhatHalvingTheLatencyIsWorth() {
    assertThat(notes("objective={maximize: accuracy, latency: {target: 2 ms}}"))
        .contains(
            "Halving the latency above the target (4 ms to 2 ms) is worth as much as 4.5 points of"
                + " accuracy at 90 %.");
    assertThat(notes("objective={maximize: accuracy, latency: {target: 2 ms, exponents: hard}}"))
        .contains(
            "Halving the latency above the target (4 ms to 2 ms) multiplies the reward by 2.00,"
                + " which no accuracy makes up for.",
            "Halving the latency below the target (2 ms to 1 ms) is worth nothing.");
    // (ln 250 / ln 500)^0.6 = 0.9315
    assertThat(notes("objective={minimize: loss, latency: {unit: us}}"))
        .contains(
            "Halving the latency (500 us to 250 us) is worth as much as a validation loss lower by"
                + " 6.8 %.");
    // (ln 1.5 / ln 2)^0.6 = 0.7248
    assertThat(notes("objective={minimize: loss, latency: {target: 2 ms}}"))
        .contains(
            "Halving the latency (2 ms to 1 ms) is worth as much as a validation loss lower by"
                + " 27.5 %.");
  }

  @Test
  void warnsOfAUnitThatHidesTheLatency() {
    assertThat(notes("objective={minimize: loss, latency: {unit: ms}}"))
        .contains(
            "Halving the latency (500 us to 250 us) is worth nothing. Latencies under 2 ms all"
                + " count the same: name a smaller unit.");
  }

  @Test
  void saysWhatBreaksReproducibility() {
    assertThat(notes()).anyMatch(note -> note.startsWith("Reproducible: "));
    assertThat(notes("baseline=random"))
        .anyMatch(note -> note.startsWith("Not reproducible: the random baseline"));
    assertThat(
            notes(
                "objective={minimize: loss, latency: {unit: us}}",
                "budget.time=2 h",
                "budget.device-time=2 h",
                "strategy.order=arrival"))
        .noneMatch(note -> note.startsWith("Reproducible: "))
        .filteredOn(note -> note.startsWith("Not reproducible: "))
        .hasSize(4);
  }

  @Test
  void warnsOfLatenciesOfDifferentDevices() {
    String latency = "objective={maximize: accuracy, latency: {target: 2 ms}}";
    String warning = "Rewards of trials on different devices cannot be compared";
    assertThat(notes()).noneMatch(note -> note.startsWith(warning));
    assertThat(notes(latency)).anyMatch(note -> note.startsWith(warning));
    assertThat(notes(latency, "placement={device: cuda}"))
        .anyMatch(note -> note.startsWith(warning));
    assertThat(notes(latency, "placement={device-name: H200, memory: 64 GiB}"))
        .noneMatch(note -> note.startsWith(warning))
        .contains(
            "Only some workers may take its trials (placement): it wants a device named \"H200\","
                + " at least 64 GiB.");
  }

  @Test
  void saysWhenTheStrategyCannotLearn() {
    assertThat(notes("strategy.batch=50"))
        .contains(
            "The strategy learns after 50 results, but the budget gives 20: it learns nothing.");
  }

  private static List<String> notes(String... overrides) {
    FakeDatasets datasets = new FakeDatasets();
    return SpecNotes.of(
        SpecParser.parse(SPEC, "spec.yaml", List.of(overrides), datasets), datasets);
  }
}
