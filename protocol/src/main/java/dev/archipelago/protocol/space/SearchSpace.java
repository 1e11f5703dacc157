package dev.archipelago.protocol.space;

import dev.archipelago.protocol.random.SplitMix64;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A set of architectures, and how each becomes a network.
 *
 * <p>An implementation is an immutable value; two calls with the same arguments give equal results.
 * Every combination of values within the cardinalities decodes: a space has no invalid members.
 */
public interface SearchSpace {

  /** The name in a spec's {@code space.kind}. */
  String kind();

  /**
   * Every parameter with its value in force, in the order of the documentation: reading them back
   * gives an equal space. Values are integers, doubles, booleans, words, or lists of integers or
   * words.
   */
  Map<String, Object> settings();

  /** The choices, in the order in which a policy takes them; the list never changes. */
  List<Decision> decisions();

  /**
   * The network that an architecture stands for.
   *
   * @throws IllegalArgumentException if the architecture is not of this space
   */
  NetworkPlan decode(Architecture architecture, Task task);

  /**
   * A text that is equal for architectures known to be the same function. The default knows none;
   * it never says "same" of two that differ.
   */
  default String canonical(Architecture architecture) {
    check(architecture);
    return architecture.values().toString();
  }

  /** 16 hexadecimal digits of the canonical form's SHA-256. */
  default String fingerprint(Architecture architecture) {
    try {
      byte[] text = (kind() + canonical(architecture)).getBytes(StandardCharsets.UTF_8);
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(text);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }

  /** The number of combinations of decisions; isomorphic networks count apart. */
  default BigInteger size() {
    BigInteger size = BigInteger.ONE;
    for (Decision decision : decisions()) {
      size = size.multiply(BigInteger.valueOf(decision.cardinality()));
    }
    return size;
  }

  /** Uniform over the decisions' values. */
  default Architecture sample(SplitMix64 random) {
    List<Integer> values = new ArrayList<>();
    for (Decision decision : decisions()) {
      values.add(random.nextInt(decision.cardinality()));
    }
    return new Architecture(kind(), values);
  }

  /** The JSON form: decision name to label, in order. {@link #parse} is its inverse. */
  default Map<String, String> describe(Architecture architecture) {
    check(architecture);
    List<Decision> decisions = decisions();
    Map<String, String> labels = new LinkedHashMap<>();
    for (int i = 0; i < decisions.size(); i++) {
      labels.put(decisions.get(i).name(), decisions.get(i).label(architecture.value(i)));
    }
    return labels;
  }

  /**
   * Reads what {@link #describe} wrote.
   *
   * @throws IllegalArgumentException naming the decision that is missing, unknown or has no such
   *     label
   */
  default Architecture parse(Map<String, String> labels) {
    List<Integer> values = new ArrayList<>();
    for (Decision decision : decisions()) {
      String label = labels.get(decision.name());
      if (label == null) {
        throw new IllegalArgumentException("decision " + decision.name() + " is missing");
      }
      int value = decision.valueOf(label);
      if (value < 0) {
        throw new IllegalArgumentException(
            "decision " + decision.name() + " has no option \"" + label + "\"");
      }
      values.add(value);
    }
    if (labels.size() > values.size()) {
      Map<String, String> unknown = new LinkedHashMap<>(labels);
      decisions().forEach(decision -> unknown.remove(decision.name()));
      throw new IllegalArgumentException("unknown decisions: " + unknown.keySet());
    }
    return new Architecture(kind(), values);
  }

  /**
   * Refuses an architecture of another space or with values out of range.
   *
   * @throws IllegalArgumentException naming what is wrong
   */
  default void check(Architecture architecture) {
    if (!architecture.space().equals(kind())) {
      throw new IllegalArgumentException(
          "an architecture of space " + architecture.space() + " is not one of " + kind());
    }
    List<Decision> decisions = decisions();
    if (architecture.values().size() != decisions.size()) {
      throw new IllegalArgumentException(
          "space %s has %d decisions, the architecture %d"
              .formatted(kind(), decisions.size(), architecture.values().size()));
    }
    for (int i = 0; i < decisions.size(); i++) {
      Decision decision = decisions.get(i);
      int value = architecture.value(i);
      if (value < 0 || value >= decision.cardinality()) {
        throw new IllegalArgumentException(
            "decision %s has %d options, not a value %d"
                .formatted(decision.name(), decision.cardinality(), value));
      }
    }
  }
}
