package dev.archipelago.bench;

import dev.archipelago.controller.strategy.shared.KendallTau;
import dev.archipelago.controller.tabular.Entry;
import dev.archipelago.controller.tabular.Table;
import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.NasBench201Space;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.Shape;
import dev.archipelago.protocol.space.Task;
import dev.archipelago.protocol.trial.Proxy;
import dev.archipelago.worker.engine.Batch;
import dev.archipelago.worker.engine.Engine;
import dev.archipelago.worker.engine.Network;
import dev.archipelago.worker.torch.TorchEngine;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * Do scores of untrained networks rank as training does? Random architectures of NAS-Bench-201 are
 * scored with fresh weights on CIFAR-10 images; Spearman's and Kendall's coefficients compare each
 * proxy with the table's validation accuracy after 200 epochs.
 */
public final class ProxyBench {
  private static final Task CIFAR = new Task(new Shape(3, 32, 32), 10);
  private static final int IMAGES = 128;

  /** Per channel over the training images, as fractions of 255. */
  private static final double[] MEAN = {0.4914, 0.4822, 0.4465};

  private static final double[] DEVIATION = {0.2470, 0.2435, 0.2616};

  private ProxyBench() {}

  /**
   * @param arguments the table, CIFAR-10's {@code data_batch_1.bin} with or without {@code .gz},
   *     and how many architectures
   */
  public static void main(String[] arguments) throws IOException {
    List<Entry> known =
        Table.read(Path.of(arguments[0])).entries().stream()
            .filter(entry -> entry.validation200().isPresent())
            .toList();
    int count = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 100;
    int[] order = new int[known.size()];
    Arrays.setAll(order, i -> i);
    new SplitMix64(1).shuffle(order);
    List<Entry> entries = Arrays.stream(order, 0, count).mapToObj(known::get).toList();
    NasBench201Space space = new NasBench201Space(16, 5);
    Batch batch = images(Path.of(arguments[1]));
    Map<Proxy, List<Double>> scores = new EnumMap<>(Proxy.class);
    Map<Proxy, Double> seconds = new EnumMap<>(Proxy.class);
    try (Engine engine = TorchEngine.onCpu()) {
      for (int i = 0; i < count; i++) {
        NetworkPlan plan = space.decode(entries.get(i).architecture(), CIFAR);
        for (Proxy proxy : Proxy.values()) {
          long start = System.nanoTime();
          try (Network network = engine.compile(plan, i, 1)) {
            double score = network.score(proxy, batch);
            scores.computeIfAbsent(proxy, p -> new ArrayList<>()).add(score);
          }
          seconds.merge(proxy, (System.nanoTime() - start) * 1e-9, Double::sum);
        }
      }
    }
    double[] accuracy =
        entries.stream().mapToDouble(entry -> entry.validation200().orElseThrow()).toArray();
    System.out.println("| proxy | Spearman | Kendall | seconds each |");
    System.out.println("|---|---|---|---|");
    scores.forEach(
        (proxy, list) -> {
          double[] values = list.stream().mapToDouble(Double::doubleValue).toArray();
          System.out.printf(
              Locale.ROOT,
              "| %s | %.2f | %.2f | %.2f |%n",
              proxy.label(),
              Spearman.of(values, accuracy),
              KendallTau.of(values, accuracy),
              seconds.getOrDefault(proxy, 0.0) / count);
        });
  }

  /** The first images of the file, normalised: a label, then 3 x 32 x 32 bytes each. */
  private static Batch images(Path file) throws IOException {
    int area = 32 * 32;
    Batch batch = new Batch(IMAGES, 3 * area);
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(file));
        InputStream in = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      for (int i = 0; i < IMAGES; i++) {
        byte[] record = in.readNBytes(1 + 3 * area);
        batch.labels()[i] = record[0];
        for (int j = 0; j < 3 * area; j++) {
          double value = (record[1 + j] & 0xff) / 255.0;
          int channel = j / area;
          batch
              .images()
              .put(i * 3 * area + j, (float) ((value - MEAN[channel]) / DEVIATION[channel]));
        }
      }
    }
    batch.size(IMAGES);
    return batch;
  }
}
