package dev.archipelago.deploy.view;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An architecture, place by place: a layer of a chain or a node of a cell on each line. */
public final class ArchitectureText {
  private ArchitectureText() {}

  /** Place to description, in the space's order. */
  public static Map<String, String> places(Map<String, String> architecture) {
    Map<String, Map<String, String>> grouped = new LinkedHashMap<>();
    architecture.forEach(
        (decision, label) -> {
          int slash = decision.lastIndexOf('/');
          String place = slash < 0 ? "" : decision.substring(0, slash);
          grouped
              .computeIfAbsent(place, fresh -> new LinkedHashMap<>())
              .put(decision.substring(slash + 1), label);
        });
    Map<String, String> places = new LinkedHashMap<>();
    grouped.forEach((place, labels) -> places.put(title(place), describe(labels)));
    return places;
  }

  private static String title(String place) {
    return place.replace('/', ' ').replace('_', ' ');
  }

  private static String describe(Map<String, String> labels) {
    if (labels.containsKey("kernel_height") && labels.containsKey("filters")) {
      return chainLayer(labels);
    }
    if (labels.containsKey("left_operation") && labels.containsKey("right_operation")) {
      return cellNode(labels);
    }
    List<String> parts = new ArrayList<>();
    labels.forEach((key, label) -> parts.add(key.replace('_', ' ') + " " + label));
    return String.join(", ", parts);
  }

  /** {@code 3x5, stride 2, 32 filters, reads also 0, 1}. */
  private static String chainLayer(Map<String, String> labels) {
    List<String> parts = new ArrayList<>();
    parts.add(labels.get("kernel_height") + "x" + labels.getOrDefault("kernel_width", "?"));
    if (!labels.getOrDefault("stride", "1").equals("1")) {
      parts.add("stride " + labels.get("stride"));
    }
    parts.add(labels.get("filters") + " filters");
    List<String> sources =
        labels.entrySet().stream()
            .filter(entry -> entry.getKey().startsWith("skip_") && entry.getValue().equals("yes"))
            .map(entry -> entry.getKey().substring("skip_".length()))
            .toList();
    if (!sources.isEmpty()) {
      parts.add("reads also " + String.join(", ", sources));
    }
    return String.join(", ", parts);
  }

  /** {@code sep_conv_3x3(last_cell) + skip_connect(node_0)}. */
  private static String cellNode(Map<String, String> labels) {
    return labels.get("left_operation")
        + "("
        + labels.getOrDefault("left_input", "?")
        + ") + "
        + labels.get("right_operation")
        + "("
        + labels.getOrDefault("right_input", "?")
        + ")";
  }
}
