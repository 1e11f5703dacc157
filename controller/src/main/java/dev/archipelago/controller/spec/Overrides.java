package dev.archipelago.controller.spec;

import dev.archipelago.controller.spec.YamlNode.Entry;
import dev.archipelago.controller.spec.YamlNode.Mapping;
import dev.archipelago.controller.spec.YamlNode.Scalar;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** {@code --set budget.trials=4}: values laid over those of the file, the last one winning. */
final class Overrides {
  /** Keys whose value may be a single word, and the key that the word then stands for. */
  private static final Map<String, String> SHORTHANDS =
      Map.of("dataset", "name", "strategy", "kind");

  private static final Pattern PATH = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

  private Overrides() {}

  static Mapping apply(Mapping root, List<String> overrides, Problems problems) {
    Mapping changed = root;
    for (String override : overrides) {
      changed = apply(changed, override, problems);
    }
    return changed;
  }

  private static Mapping apply(Mapping root, String override, Problems problems) {
    Place place = Place.whole("--set " + override);
    int equals = override.indexOf('=');
    String path = equals < 0 ? override : override.substring(0, equals).strip();
    if (equals < 0 || !PATH.matcher(path).matches()) {
      problems.add(place, "", "allowed: key=value with a dotted key, such as budget.trials=20");
      return root;
    }
    YamlNode value =
        YamlReader.override(override.substring(equals + 1), place, problems)
            .orElse(new Scalar("", false, place));
    return set(root, "", List.of(path.split("\\.")), value, problems);
  }

  private static Mapping set(
      Mapping node, String path, List<String> keys, YamlNode value, Problems problems) {
    String key = keys.get(0);
    Entry old = node.entries().get(key);
    Place keyPlace = old == null ? value.place() : old.keyPlace();
    if (keys.size() == 1) {
      return node.with(key, new Entry(keyPlace, value));
    }
    String here = path.isEmpty() ? key : path + "." + key;
    Mapping inner;
    if (old == null) {
      inner = new Mapping(Map.of(), value.place());
    } else if (old.value() instanceof Mapping mapping) {
      inner = mapping;
    } else if (old.value() instanceof Scalar word && SHORTHANDS.containsKey(here)) {
      Entry entry = new Entry(word.place(), word);
      inner = new Mapping(Map.of(SHORTHANDS.get(here), entry), word.place());
    } else {
      problems.add(
          value.place(),
          here,
          "found " + old.value().describe() + " in the file; to change it, set " + here + " whole");
      return node;
    }
    Mapping changed = set(inner, here, keys.subList(1, keys.size()), value, problems);
    return node.with(key, new Entry(keyPlace, changed));
  }
}
