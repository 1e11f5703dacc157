package dev.archipelago.worker.morph;

import dev.archipelago.protocol.random.SplitMix64;
import dev.archipelago.protocol.space.Layer;
import dev.archipelago.protocol.space.NetworkPlan;
import dev.archipelago.protocol.space.NetworkPlan.Node;
import dev.archipelago.protocol.space.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * For every channel of a child's nodes the channel of the parent that it repeats: the g of Net2Net
 * (arXiv:1511.05641, §2.2, Eq. 1), the identity on the parent's channels and random beyond.
 *
 * <p>Layers that work channel by channel, and the terms of a sum, share one map. A concatenation's
 * map is its parts' maps in a row, a vector's the map of the feature map that it was.
 */
final class ChannelMaps {
  private final NetworkPlan parent;
  private final NetworkPlan child;
  private final List<Part> parts;
  private final List<Shape> before; // of the parent's nodes
  private final List<Shape> after; // of the child's
  private final long seed;
  private final int[] group; // union-find over the child's nodes; the root is the earliest
  private final Map<Integer, int[]> maps = new HashMap<>(); // by a group's root

  ChannelMaps(NetworkPlan parent, NetworkPlan child, List<Part> parts, long seed) {
    this.parent = parent;
    this.child = child;
    this.parts = parts;
    this.before = parent.shapes();
    this.after = child.shapes();
    this.seed = seed;
    this.group = new int[child.nodes().size()];
    Arrays.setAll(group, node -> node);
    for (int node = 0; node < group.length; node++) {
      for (int input : tied(node)) {
        int one = root(node);
        int other = root(input);
        group[Math.max(one, other)] = Math.min(one, other);
      }
    }
  }

  /**
   * A node's map, by its channels.
   *
   * @throws IllegalArgumentException naming a node of the group that cannot have one
   */
  int[] of(int node) {
    int root = root(node);
    int[] known = maps.get(root);
    if (known == null) {
      known = map(root);
      maps.put(root, known);
    }
    return known;
  }

  /** The inputs whose channels are a node's own. */
  private List<Integer> tied(int index) {
    Node node = child.nodes().get(index);
    Layer layer = node.layer();
    if (layer instanceof Layer.Conv conv) {
      int input = node.inputs().get(0);
      boolean perChannel = isDepthwise(conv, after.get(input));
      boolean passing =
          parts.get(index) instanceof Part.Passing && after.get(input).channels() == conv.filters();
      return perChannel || passing ? node.inputs() : List.of();
    }
    boolean source =
        layer instanceof Layer.Input
            || layer instanceof Layer.Linear
            || layer instanceof Layer.Concat
            || layer instanceof Layer.Flatten
            || layer instanceof Layer.Embedding
            || layer instanceof Layer.Recurrent
            || layer instanceof Layer.Zero;
    return source ? List.of() : node.inputs();
  }

  static boolean isDepthwise(Layer.Conv conv, Shape input) {
    return conv.groups() > 1
        && conv.groups() == input.channels()
        && conv.filters() == input.channels();
  }

  private int root(int node) {
    int at = node;
    while (group[at] != at) {
      at = group[at];
    }
    return at;
  }

  private int[] map(int root) {
    int old = -1;
    int[] forced = null;
    for (int i = root; i < group.length; i++) {
      int origin = parts.get(i).origin();
      if (root(i) != root || origin == Part.NONE) {
        continue;
      }
      int channels = before.get(origin).channels();
      if (old >= 0 && old != channels) {
        throw refuse(i, "it is tied to channels that differ in the parent");
      }
      old = channels;
      int[] own = forced(i);
      if (own != null) {
        if (forced != null && !Arrays.equals(forced, own)) {
          throw refuse(i, "two concatenations that are added cannot both grow");
        }
        forced = own;
      }
    }
    return forced != null ? forced : random(root, old);
  }

  private int[] random(int root, int old) {
    int count = after.get(root).channels();
    if (old < 0 || count < old) {
      throw refuse(root, "it has fewer channels than in the parent, or none there");
    }
    SplitMix64 random = SplitMix64.of(seed, root);
    int[] map = new int[count];
    Arrays.setAll(map, channel -> channel < old ? channel : random.nextInt(old));
    return map;
  }

  /** What a node's map must be; null where any will do. */
  private int @Nullable [] forced(int index) {
    Node node = child.nodes().get(index);
    if (!(parts.get(index) instanceof Part.Kept kept)) {
      return null;
    }
    Node old = parent.nodes().get(kept.origin());
    if (node.layer() instanceof Layer.Concat) {
      List<Integer> joined = new ArrayList<>();
      int offset = 0;
      for (int i = 0; i < node.inputs().size(); i++) {
        for (int channel : of(node.inputs().get(i))) {
          joined.add(offset + channel);
        }
        offset += before.get(old.inputs().get(i)).channels();
      }
      return joined.stream().mapToInt(Integer::intValue).toArray();
    }
    if (node.layer() instanceof Layer.Flatten) {
      int[] maps = of(node.inputs().get(0));
      Shape map = after.get(node.inputs().get(0));
      int area = map.height() * map.width();
      int[] flat = new int[maps.length * area];
      Arrays.setAll(flat, i -> maps[i / area] * area + i % area);
      return flat;
    }
    return null;
  }

  private IllegalArgumentException refuse(int node, String reason) {
    return Correspondence.refusal(child.nodes().get(node), reason);
  }
}
