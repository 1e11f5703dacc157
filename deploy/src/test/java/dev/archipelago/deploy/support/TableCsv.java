package dev.archipelago.deploy.support;

import java.util.List;

/** Made-up results in the form of NAS-Bench-201's table. */
public final class TableCsv {
  private static final String HEADER =
      "index,arch,params,mflops_cifar10,c10_val_e12,c10_val_e200,c10_test_e200,c100_test_e200,"
          + "in16_test_e200,c10_train_s_per_epoch\n";

  /** As the benchmark numbers them. */
  private static final List<String> OPERATIONS =
      List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3");

  private static final int CELLS = 15_625;

  private TableCsv() {}

  /** What the table says of a cell. */
  public interface Results {
    /**
     * @param operations of the six edges
     * @return the columns from {@code params} on
     */
    String of(int cell, List<String> operations);
  }

  /** Of all cells. */
  public static String whole(Results results) {
    return first(CELLS, results);
  }

  /** Of the first cells; the last edge's operation changes fastest. */
  public static String first(int cells, Results results) {
    StringBuilder csv = new StringBuilder(HEADER);
    for (int cell = 0; cell < cells; cell++) {
      String[] edges = new String[6];
      int rest = cell;
      for (int edge = edges.length - 1; edge >= 0; edge--) {
        edges[edge] = OPERATIONS.get(rest % OPERATIONS.size());
        rest /= OPERATIONS.size();
      }
      csv.append(cell)
          .append(",|%s~0|+|%s~0|%s~1|+|%s~0|%s~1|%s~2|,".formatted((Object[]) edges))
          .append(results.of(cell, List.of(edges)))
          .append('\n');
    }
    return csv.toString();
  }
}
