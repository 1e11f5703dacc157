package dev.archipelago.worker.torch;

import java.util.ArrayList;
import java.util.List;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.TensorVector;
import org.bytedeco.pytorch.global.torch;

/**
 * Which of a map's channels are there, where a concatenation leaves some out.
 *
 * @param runs neighbouring channels, in their order; none for all channels
 */
record Kept(List<Run> runs) {

  /** Channels from one to before another. */
  record Run(int from, int to) {}

  static final Kept ALL = new Kept(List.of());

  Kept {
    runs = List.copyOf(runs);
  }

  boolean all() {
    return runs.isEmpty();
  }

  /** What a concatenation keeps; parts come in their order. */
  static final class Joined {
    private final List<Run> runs = new ArrayList<>();
    private int channels;
    private boolean all = true;

    /** A part of so many channels, of which some are there. */
    void add(int size, Kept kept) {
      all &= kept.all();
      for (Run run : kept.all() ? List.of(new Run(0, size)) : kept.runs()) {
        append(new Run(channels + run.from(), channels + run.to()));
      }
      channels += size;
    }

    /** A part that is not there. */
    void skip(int size) {
      all = false;
      channels += size;
    }

    private void append(Run run) {
      int last = runs.size() - 1;
      if (last >= 0 && runs.get(last).to() == run.from()) {
        runs.set(last, new Run(runs.get(last).from(), run.to()));
      } else {
        runs.add(run);
      }
    }

    Kept kept() {
      return all ? ALL : new Kept(runs);
    }
  }

  /** The part of a weight [O, I, ...] that reads these channels; gradients flow back to it. */
  Tensor of(Tensor weight) {
    if (all()) {
      return weight;
    }
    Tensor[] parts = new Tensor[runs.size()];
    for (int i = 0; i < parts.length; i++) {
      Run run = runs.get(i);
      parts[i] = weight.narrow(1, run.from(), run.to() - run.from());
    }
    return parts.length == 1 ? parts[0] : torch.cat(new TensorVector(parts), 1);
  }
}
