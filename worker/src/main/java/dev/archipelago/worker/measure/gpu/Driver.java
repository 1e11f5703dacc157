package dev.archipelago.worker.measure.gpu;

import java.util.Locale;

/**
 * NVIDIA's driver.
 *
 * @param version {@code 580.65.06}
 * @param cuda newest version of CUDA whose programs it runs, 13.0 as 130
 */
public record Driver(String version, int cuda) {

  /** {@code 13.0} from 130. */
  public static String dotted(int tenfold) {
    return String.format(Locale.ROOT, "%d.%d", tenfold / 10, tenfold % 10);
  }
}
