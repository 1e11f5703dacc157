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
         "params": 45210, "flops": 3210000, "armDeviceSeconds": 125.0},
       "baseline": {"trial": 12, "validationAccuracy": 0.88, "testAccuracy": 0.8801,
         "armDeviceSeconds": 119.0},
       "references": [
         {"name": "resnet-18", "trial": 43, "testAccuracy": 0.8933, "params": 11172810,
          "flops": 457000000, "comparison": {"difference": -0.0058, "low": -0.0101, "high": -0.0016,
            "sentence": "The winner's network is worse than resnet-18 by 0.58 points."}}],
       "comparison": {"difference": 0.0074, "low": 0.001, "high": 0.0138,
         "sentence": "The winner's network is better by 0.74 points."},
       "trials": {"completed": 40, "failed": 1}, "seconds": 151.2}
      """;

  /** A search with a schedule; of trials in order: a proxy's, one that goes on, one with a loan. */
  public static final String SCHEDULED =
      """
      {"id": "s1", "name": "quick", "state": "RUNNING", "phase": "search", "runningSeconds": 72.4,
       "strategy": "evolution", "dataset": "mini", "seed": 1,
       "budget": {"trials": 20, "deviceSeconds": 3600}, "rungs": ["synflow", "1", "3"],
       "arms": [
         {"arm": "search", "strategy": "evolution", "phase": "search", "proposed": 10,
          "trained": 9, "deviceSeconds": 125.0, "completed": 12, "failed": 0, "rejected": 1,
          "running": 1, "best": {"trial": 4, "reward": 0.8512, "validationAccuracy": 0.8512},
          "rungs": [{"rung": "synflow", "completed": 8, "failed": 0, "running": 1, "waiting": 0},
                    {"rung": "1", "completed": 3, "failed": 0, "running": 0, "waiting": 0},
                    {"rung": "3", "completed": 1, "failed": 0, "running": 0, "waiting": 0}]},
         {"arm": "baseline", "strategy": "random", "match": "device-seconds", "phase": "search",
          "proposed": 3, "trained": 3, "deviceSeconds": 99.0, "completed": 2, "failed": 1,
          "rejected": 0, "running": 0,
          "rungs": [{"rung": "synflow", "completed": 2, "failed": 1, "running": 0, "waiting": 0},
                    {"rung": "1", "completed": 0, "failed": 0, "running": 0, "waiting": 0},
                    {"rung": "3", "completed": 0, "failed": 0, "running": 0, "waiting": 0}]}],
       "forecast": {"basedOn": 3, "workers": [
         {"workers": 1,
          "seconds": {"low": 1000, "expected": 1400, "high": 1800},
          "deviceSeconds": {"low": 1000, "expected": 1400, "high": 1800},
          "remainingSeconds": {"low": 960, "expected": 1440, "high": 1800},
          "remainingDeviceSeconds": {"low": 960, "expected": 1440, "high": 1800}},
         {"workers": 2,
          "seconds": {"low": 500, "expected": 800, "high": 1000},
          "deviceSeconds": {"low": 1000, "expected": 1400, "high": 1800},
          "remainingSeconds": {"low": 480, "expected": 720, "high": 900},
          "remainingDeviceSeconds": {"low": 960, "expected": 1440, "high": 1800}}]}}
      """;

  public static final String PROXY_TRIAL =
      """
      {"number": 0, "arm": "search", "stage": "search", "state": "COMPLETED", "attempt": 1,
       "worker": "worker-1", "configuration": 0, "rung": "synflow", "reward": 3.21e14,
       "params": 1234, "flops": 5000, "deviceSeconds": 0.4, "metrics": {"synflow": 3.21e14}}
      """;

  public static final String ROUND_TRIAL =
      """
      {"number": 1, "arm": "search", "stage": "search", "state": "COMPLETED", "attempt": 1,
       "worker": "worker-1", "configuration": 1, "rung": "1", "validationAccuracy": 0.5,
       "round": {"work": "bilevel", "size": 40, "trainLoss": 1.5, "alphaLoss": 1.6,
                 "curvature": 0.02, "temperature": 1.0,
                 "probabilities": {"normal/node_0/from_0": {"skip_connect": 0.3, "none": 0.7}}}}
      """;

  public static final String CONTINUED_TRIAL =
      """
      {"number": 4, "arm": "search", "stage": "search", "state": "COMPLETED", "attempt": 1,
       "worker": "worker-1", "configuration": 0, "rung": "3", "continues": 2, "reward": 0.8512,
       "validationAccuracy": 0.8512, "params": 1234, "trainSeconds": 3.4, "deviceSeconds": 4.5}
      """;

  public static final String LENT_TRIAL =
      """
      {"number": 5, "arm": "search", "stage": "search", "state": "COMPLETED", "attempt": 1,
       "configuration": 3, "rung": "1", "lentBy": 2, "reward": 0.7, "validationAccuracy": 0.7,
       "params": 2345, "trainSeconds": 0, "deviceSeconds": 0.9}
      """;

  private Samples() {}

  public static TrialDocument trialDocument(String json) {
    return Json.read(Json.parse(json), TrialDocument.class);
  }

  public static StatusDocument statusDocument(String json) {
    return Json.read(Json.parse(json), StatusDocument.class);
  }

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
