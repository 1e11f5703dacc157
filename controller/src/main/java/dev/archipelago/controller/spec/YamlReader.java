package dev.archipelago.controller.spec;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.yaml.snakeyaml.DumperOptions.ScalarStyle;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * From text to {@link YamlNode}: syntax, duplicate keys, and limits against documents that unfold.
 *
 * <p>Scalars stay text, since YAML 1.1's own guesses (octal numbers, {@code no} as false, {@code
 * 1:30} as seconds) surprise.
 */
final class YamlReader {
  private static final int MOST_CHARACTERS = 200_000;
  private static final int MOST_NODES = 10_000;
  private static final int MOST_DEPTH = 20;

  private static final Set<Tag> TAGS =
      Set.of(
          Tag.STR,
          Tag.INT,
          Tag.FLOAT,
          Tag.BOOL,
          Tag.NULL,
          Tag.TIMESTAMP,
          Tag.MAP,
          Tag.SEQ,
          Tag.MERGE,
          new Tag("tag:yaml.org,2002:value"));

  private final Problems problems;
  private final Function<Mark, Place> places;
  private int nodes;

  private YamlReader(Problems problems, Function<Mark, Place> places) {
    this.problems = problems;
    this.places = places;
  }

  /** The document in a file; empty where it holds none. */
  static Optional<YamlNode> file(String text, String name, Problems problems) {
    Function<Mark, Place> places =
        mark -> new Place(name, mark.getLine() + 1, mark.getColumn() + 1);
    return new YamlReader(problems, places).read(text, new Place(name, 1, 1));
  }

  /** The value of an override, which stands as a whole for its place. */
  static Optional<YamlNode> override(String text, Place place, Problems problems) {
    return new YamlReader(problems, mark -> place).read(text, place);
  }

  private Optional<YamlNode> read(String text, Place start) {
    if (text.length() > MOST_CHARACTERS) {
      return fail(
          start, Text.format("%,d characters; allowed: %,d", text.length(), MOST_CHARACTERS));
    }
    try {
      Node root = new Yaml(options()).compose(new StringReader(text));
      return root == null ? Optional.empty() : Optional.of(convert(root, "", 0));
    } catch (MarkedYAMLException e) {
      Mark mark = e.getProblemMark() == null ? e.getContextMark() : e.getProblemMark();
      return fail(mark == null ? start : places.apply(mark), "not YAML: " + reason(e));
    } catch (TooLarge e) {
      return fail(e.place, String.valueOf(e.getMessage()));
    } catch (YAMLException e) {
      return fail(
          start, "not YAML: " + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private Optional<YamlNode> fail(Place place, String message) {
    problems.add(place, "", message);
    return Optional.empty();
  }

  private static LoaderOptions options() {
    LoaderOptions options = new LoaderOptions();
    options.setCodePointLimit(MOST_CHARACTERS);
    options.setNestingDepthLimit(MOST_DEPTH);
    options.setMaxAliasesForCollections(100);
    return options;
  }

  private static String reason(MarkedYAMLException e) {
    String problem = String.valueOf(e.getProblem());
    String context = e.getContext() == null ? "" : " " + e.getContext();
    return problem.contains("TAB")
        ? problem + "; indent with spaces, never with tabs"
        : problem + context;
  }

  private YamlNode convert(Node node, String path, int depth) {
    Place place = places.apply(node.getStartMark());
    if (++nodes > MOST_NODES || depth > MOST_DEPTH) {
      throw new TooLarge(
          place, Text.format("too large once its aliases unfold; allowed: %,d values", MOST_NODES));
    }
    if (!TAGS.contains(node.getTag())) {
      problems.add(place, path, "found the tag " + node.getTag() + "; allowed: no tags");
    }
    if (node instanceof MappingNode mapping) {
      return mapping(mapping, place, path, depth);
    }
    if (node instanceof SequenceNode sequence) {
      List<YamlNode> items = new ArrayList<>();
      for (Node item : sequence.getValue()) {
        items.add(convert(item, path + "[" + items.size() + "]", depth + 1));
      }
      return new YamlNode.Items(items, place);
    }
    ScalarNode scalar = (ScalarNode) node;
    return new YamlNode.Scalar(
        scalar.getValue(), scalar.getScalarStyle() != ScalarStyle.PLAIN, place);
  }

  private YamlNode mapping(MappingNode node, Place place, String path, int depth) {
    Map<String, YamlNode.Entry> entries = new LinkedHashMap<>();
    for (NodeTuple tuple : node.getValue()) {
      Place keyPlace = places.apply(tuple.getKeyNode().getStartMark());
      if (!(tuple.getKeyNode() instanceof ScalarNode scalar)) {
        problems.add(keyPlace, path, "found a key that is a list or a map; allowed: a word");
        continue;
      }
      String key = scalar.getValue();
      String keyPath = path.isEmpty() ? key : path + "." + key;
      YamlNode.Entry earlier = entries.get(key);
      if (earlier != null) {
        problems.add(
            keyPlace,
            keyPath,
            "given twice, first at " + earlier.keyPlace() + "; remove one of the two");
        continue;
      }
      YamlNode value = convert(tuple.getValueNode(), keyPath, depth + 1);
      entries.put(key, new YamlNode.Entry(keyPlace, value));
    }
    return new YamlNode.Mapping(entries, place);
  }

  /** Ends the conversion of a document that unfolds without bounds. */
  private static final class TooLarge extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Place place;

    TooLarge(Place place, String message) {
      super(message);
      this.place = place;
    }
  }
}
