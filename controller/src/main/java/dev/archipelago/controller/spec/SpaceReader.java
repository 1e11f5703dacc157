package dev.archipelago.controller.spec;

import dev.archipelago.protocol.space.CellSpace;
import dev.archipelago.protocol.space.ChainSpace;
import dev.archipelago.protocol.space.Operation;
import dev.archipelago.protocol.space.SearchSpace;
import java.util.List;
import java.util.Optional;

/** {@code space}: what can be searched. */
final class SpaceReader {
  /** Those of Zoph and Le 2017, arXiv:1611.01578v2, §4.1. */
  private static final List<Integer> KERNELS = List.of(1, 3, 5, 7);

  private static final List<Integer> FILTERS = List.of(24, 36, 48, 64);

  /** Those of DARTS, arXiv:1806.09055v2, §3.1.1, without {@code none}. */
  private static final List<Operation> OPERATIONS =
      List.of(
          Operation.SKIP_CONNECT,
          Operation.MAX_POOL_3X3,
          Operation.AVG_POOL_3X3,
          Operation.SEP_CONV_3X3,
          Operation.SEP_CONV_5X5,
          Operation.DIL_CONV_3X3,
          Operation.DIL_CONV_5X5);

  private SpaceReader() {}

  static Optional<SearchSpace> read(Section space) {
    space.require("kind", ChainSpace.KIND + ", " + CellSpace.KIND);
    Optional<String> kind = space.word("kind", List.of(ChainSpace.KIND, CellSpace.KIND));
    if (kind.isEmpty()) {
      return Optional.empty(); // which other keys are allowed depends on the kind
    }
    SearchSpace read = kind.get().equals(ChainSpace.KIND) ? chain(space) : cell(space);
    space.close();
    return Optional.of(read);
  }

  private static ChainSpace chain(Section space) {
    return new ChainSpace(
        space.integer("layers", 6, 1, 32),
        space.oddIntegers("kernels", KERNELS, 1, 31),
        space.integers("strides", List.of(1, 2), 1, 4),
        space.integers("filters", FILTERS, 1, 4096),
        space.flag("skips", true));
  }

  private static CellSpace cell(Section space) {
    List<String> labels = OPERATIONS.stream().map(Operation::label).toList();
    return new CellSpace(
        space.integer("nodes", 4, 1, 8),
        space.choices("operations", labels, Operation.labels()).stream()
            .map(label -> Operation.labelled(label).orElseThrow())
            .toList(),
        space.integer("stages", 3, 1, 5),
        space.integer("cells", 2, 1, 20),
        space.integer("filters", 16, 1, 1024));
  }
}
