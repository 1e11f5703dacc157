package dev.archipelago.controller.tabular;

/** A device that HW-NAS-Bench (Li et al. 2021, arXiv:2103.10584) measured or estimated. */
public enum Device {
  EDGE_GPU("edgegpu"),
  RASPBERRY_PI_4("raspi4"),
  EDGE_TPU("edgetpu"),
  PIXEL_3("pixel3"),
  EYERISS("eyeriss"),
  FPGA("fpga");

  private final String key;

  Device(String key) {
    this.key = key;
  }

  /** Its name in documents. */
  public String key() {
    return key;
  }

  String latencyColumn() {
    return key + "_latency_ms";
  }
}
