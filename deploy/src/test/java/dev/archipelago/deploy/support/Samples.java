package dev.archipelago.deploy.support;

import dev.archipelago.deploy.client.Json;
import dev.archipelago.deploy.client.StatusDocument;
import dev.archipelago.deploy.client.TrialDocument;
import dev.archipelago.deploy.client.WorkerListing;
import java.util.List;
import java.util.Locale;

/** Documents as a controller sends them. */
public final class Samples {
  public static final String BEST =
      """
      {"search": "s1",
       "winner": {"trial": 7, "architecture": {
           "layer_0/kernel_height": "3", "layer_0/kernel_width": "5", "layer_0/stride": "1",
           "layer_0/filters": "16", "layer_1/kernel_height": "5", "layer_1/kernel_width": "5",
           "layer_1/stride": "2", "layer_1/filters": "32", "layer_2/kernel_height": "3",
           "layer_2/kernel_width": "3", "layer_2/stride": "1", "layer_2/filters": "8",
           "layer_2/skip_0": "yes"},
         "validationAccuracy": 0.8912, "testAccuracy": 0.8875, "latencyP50Micros": 612.5,
         "params": 45210, "flops": 3210000},
       "baseline": {"trial": 12, "validationAccuracy": 0.88, "testAccuracy": 0.8801},
       "comparison": {"difference": 0.0074, "low": 0.001, "high": 0.0138,
         "sentence": "The winner's network is better by 0.74 points."},
       "trials": {"completed": 40, "failed": 1}, "seconds": 151.2}
      """;

  private Samples() {}

  public static String status(String id, String state, String phase, int done) {
    return """
        {"id": "%s", "name": "quick", "state": "%s", "phase": "%s", "runningSeconds": 72.4,
         "created": "2026-11-24T04:56:06Z", "strategy": "reinforce", "dataset": "mini", "seed": 1,
         "objective": "accuracy", "budget": {"trials": 20},
         "trials": {"completed": %d, "failed": 1, "rejected": 2, "running": 2, "waiting": 0},
         "arms": [
           {"arm": "search", "strategy": "reinforce", "phase": "search", "proposed": %d,
            "completed": %d, "failed": 0, "rejected": 2, "running": 1,
            "best": {"trial": 4, "reward": 0.8512, "validationAccuracy": 0.8512}},
           {"arm": "baseline", "strategy": "random", "phase": "search", "proposed": 1,
            "completed": 0, "failed": 1, "rejected": 0, "running": 1}]}
        """
        .formatted(id, state, phase, done, done + 1, done);
  }

  public static StatusDocument statusDocument(String state, String phase, int done) {
    return Json.read(Json.parse(status("s1", state, phase, done)), StatusDocument.class);
  }

  public static String listing(String... idsAndStates) {
    StringBuilder entries = new StringBuilder();
    for (int i = 0; i < idsAndStates.length; i += 2) {
      entries
          .append(i == 0 ? "" : ",")
          .append(
              """
              {"id": "%s", "name": "quick", "state": "%s", "strategy": "random",
               "dataset": "mini", "trials": {"completed": 3, "failed": 1, "running": 2},
               "bestReward": 0.75}
              """
                  .formatted(idsAndStates[i], idsAndStates[i + 1]));
    }
    return "{\"searches\": [" + entries + "]}";
  }

  public static String trial(int number, String state) {
    String result =
        state.equals("COMPLETED")
            ? ", \"reward\": 0.8, \"validationAccuracy\": 0.8, \"params\": 1234,"
                + " \"latencyP50Micros\": 97.2, \"trainSeconds\": 3.4"
            : "";
    String failure =
        state.equals("FAILED")
            ? ", \"failure\": {\"category\": \"DIVERGED\","
                + " \"message\": \"loss is NaN, \\\"sadly\\\"\"}"
            : "";
    return String.format(
        Locale.ROOT,
        """
        {"number": %d, "arm": "search", "stage": "search", "state": "%s", "attempt": 1,
         "worker": "worker-1", "architecture": {"layer_0/filters": "8"}, "fingerprint": "ab"%s%s}
        """,
        number,
        state,
        result,
        failure);
  }

  public static TrialDocument trialDocument(int number, String state) {
    return Json.read(Json.parse(trial(number, state)), TrialDocument.class);
  }

  public static String trials(int total, String... trials) {
    return "{\"trials\": [" + String.join(",", trials) + "], \"total\": " + total + "}";
  }

  public static final String WORKERS =
      """
      {"workers": [
        {"name": "worker-1", "incarnation": "a1", "host": "here", "pid": 4711, "device": "cpu",
         "engine": "torch", "state": "training", "trial": {"search": "s1", "number": 5, "attempt": 2},
         "phase": "training", "epoch": 1, "epochs": 3, "imagesPerSecond": 2345.6,
         "lossNats": 0.4123, "secondsSinceHeartbeat": 0.4},
        {"name": "worker-2", "incarnation": "b2", "host": "here", "pid": 4712, "device": "cpu",
         "engine": "torch", "state": "idle", "secondsSinceHeartbeat": 0.2,
         "idleReason": "every search waits for results"}]}
      """;

  public static List<WorkerListing.Worker> workers() {
    return Json.read(Json.parse(WORKERS), WorkerListing.class).workers();
  }
}
